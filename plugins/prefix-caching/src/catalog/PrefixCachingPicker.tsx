/*
 * Copyright 2026 The Prefix Caching Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import {
  useEntityList,
  type DefaultEntityFilters,
} from '@backstage/plugin-catalog-react';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { useEffect, useState } from 'react';
import { useMessages } from '../hooks/useMessages';
import { PrefixCachingFilter } from './PrefixCachingFilter';

type Filters = DefaultEntityFilters & { prefixCaching?: PrefixCachingFilter };

/** Narrows the catalog to entities that serve a model with prefix caching. */
export function PrefixCachingPicker() {
  const { t } = useMessages();
  const { updateFilters, queryParameters } = useEntityList<Filters>();
  const [chosen, setChosen] = useState(
    queryParameters.prefixCaching === 'true',
  );
  useEffect(() => {
    updateFilters({
      prefixCaching: chosen ? new PrefixCachingFilter() : undefined,
    });
  }, [chosen, updateFilters]);
  return (
    <FormControlLabel
      label={t('catalogFilter.label')}
      control={
        <Checkbox
          color="primary"
          checked={chosen}
          onChange={event => setChosen(event.target.checked)}
        />
      }
    />
  );
}
