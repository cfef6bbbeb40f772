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

import Typography from '@material-ui/core/Typography';
import { affinityMargin } from 'prefix-caching-core/scoring';
import type { EndpointPickerConfig } from 'prefix-caching-core';
import { formatRatio } from '../../format';
import { useMessages } from '../../hooks/useMessages';

/** When a request leaves the replica that holds its prefix, in one sentence per profile. */
export function AffinityNote(props: {
  config: Pick<EndpointPickerConfig, 'profiles'>;
}) {
  const { t } = useMessages();
  return (
    <>
      {affinityMargin(props.config).map(margin => (
        <Typography key={margin.profile} variant="body2">
          {words(margin.prefixMatchNeededOneWaiting)}
        </Typography>
      ))}
    </>
  );

  function words(needed: number | undefined): string {
    if (needed === undefined) {
      return t('policy.noAffinity');
    }
    return needed > 1
      ? t('policy.alwaysLeaves')
      : t('policy.staysFrom', { match: formatRatio(Math.max(0, needed), 0) });
  }
}
