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

import Button from '@material-ui/core/Button';
import PlayArrow from '@material-ui/icons/PlayArrow';
import { useMessages } from '../../hooks/useMessages';
import { useProbeDialog } from './ProbeProvider';

/** Opens the dialog of a probe; not there for those who may run none. */
export function ProbeButton(props: { primary?: boolean }) {
  const { t } = useMessages();
  const open = useProbeDialog()?.open;
  return open === undefined ? null : (
    <Button
      size="small"
      color="primary"
      variant={props.primary ? 'contained' : 'outlined'}
      startIcon={<PlayArrow />}
      onClick={open}
    >
      {t('probe.action')}
    </Button>
  );
}
