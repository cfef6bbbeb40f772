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

import type { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import FileCopyOutlined from '@material-ui/icons/FileCopyOutlined';
import useCopyToClipboard from 'react-use/lib/useCopyToClipboard';
import { useMessages } from '../../hooks/useMessages';

/** Copies a text that is made when it is asked for, and says whether that worked. */
export function CopyButton(props: {
  text: () => string;
  variant?: 'outlined' | 'text';
  children: ReactNode;
}) {
  const { t } = useMessages();
  const [state, copy] = useCopyToClipboard();
  return (
    <>
      <Button
        size="small"
        color="primary"
        variant={props.variant ?? 'outlined'}
        startIcon={<FileCopyOutlined />}
        onClick={() => copy(props.text())}
      >
        {props.children}
      </Button>
      <span role="status" style={{ fontSize: 12, marginLeft: 8 }}>
        {state.value && (state.error ? t('copy.failed') : t('copy.done'))}
      </span>
    </>
  );
}
