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

import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { RenderedFile } from 'prefix-caching-core';
import { useMessages } from '../../hooks/useMessages';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  file: {
    borderLeft: '3px solid transparent',
    borderRadius: 2,
    display: 'block',
    fontFamily: theme.typography.fontFamily,
    fontSize: 13,
    overflowWrap: 'anywhere',
    padding: '5px 8px',
    textAlign: 'left',
    width: '100%',
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  shown: {
    backgroundColor: theme.palette.action.hover,
    borderLeftColor: theme.palette.primary.main,
    fontWeight: 700,
  },
  kinds: {
    color: theme.palette.type === 'dark' ? '#c3c3c3' : '#5e5e5e',
    display: 'block',
    fontSize: theme.typography.caption.fontSize,
    fontWeight: 400,
  },
}));

/** The files by path, each with the kinds of what is in it; one of them is shown. */
export function FileList(props: {
  files: readonly RenderedFile[];
  shown: RenderedFile;
  onShow(path: string): void;
}) {
  const classes = useStyles();
  const { t } = useMessages();
  return (
    <ul className={classes.list} aria-label={t('form.preview.title')}>
      {props.files.map(({ path, objects }) => {
        const shown = path === props.shown.path;
        const kinds = [...new Set(objects.map(({ kind }) => kind))];
        return (
          <li key={path}>
            <ButtonBase
              aria-pressed={shown}
              className={`${classes.file} ${shown ? classes.shown : ''}`}
              onClick={() => props.onShow(path)}
            >
              {path}
              {kinds.length > 0 && (
                <span className={classes.kinds}>{kinds.join(', ')}</span>
              )}
            </ButtonBase>
          </li>
        );
      })}
    </ul>
  );
}
