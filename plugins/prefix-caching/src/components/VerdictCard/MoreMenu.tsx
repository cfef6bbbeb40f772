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

import { useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreVert from '@material-ui/icons/MoreVert';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import useAsync from 'react-use/lib/useAsync';
import useCopyToClipboard from 'react-use/lib/useCopyToClipboard';
import { useElementId } from '../../hooks/useElementId';
import { useMessages } from '../../hooks/useMessages';
import { useTicketText } from '../../hooks/useTicketText';
import type { Overall } from '../../model';

/** What one takes along from a verdict: the text for a ticket, and where a program reads the same. */
export function MoreMenu(props: { report: EntityReport; overall: Overall }) {
  const { report, overall } = props;
  const { t } = useMessages();
  const menuId = useElementId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [copied, copy] = useCopyToClipboard();
  const ticketText = useTicketText(report, overall);
  const address = useApiAddress(report.entityRef);
  const take = (text: string) => {
    copy(text);
    setAnchor(undefined);
  };
  return (
    <div>
      <IconButton
        size="small"
        aria-label={t('more.title')}
        aria-haspopup="menu"
        aria-controls={anchor && menuId}
        aria-expanded={anchor !== undefined}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreVert fontSize="small" />
      </IconButton>
      <Menu
        id={menuId}
        anchorEl={anchor}
        open={anchor !== undefined}
        onClose={() => setAnchor(undefined)}
      >
        <MenuItem onClick={() => take(ticketText())}>
          {t('ticket.copy')}
        </MenuItem>
        <MenuItem
          disabled={address === undefined}
          onClick={() => take(address ?? '')}
        >
          {t('more.apiAddress')}
        </MenuItem>
      </Menu>
      <span role="status" style={{ fontSize: 12 }}>
        {copied.value && (copied.error ? t('copy.failed') : t('copy.done'))}
      </span>
    </div>
  );
}

/** Where the back end answers for an entity; see docs/api.md for what to send along. */
function useApiAddress(entityRef: string): string | undefined {
  const discoveryApi = useApi(discoveryApiRef);
  const { value } = useAsync(
    () => discoveryApi.getBaseUrl('prefix-caching'),
    [discoveryApi],
  );
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return (
    value &&
    `${value}/entities/${[kind, namespace, name]
      .map(encodeURIComponent)
      .join('/')}`
  );
}
