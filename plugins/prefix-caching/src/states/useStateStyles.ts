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

import { useCallback } from 'react';
import type { ComponentType } from 'react';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import { alpha, darken, lighten, useTheme } from '@material-ui/core/styles';
import type { Theme } from '@material-ui/core/styles';
import Autorenew from '@material-ui/icons/Autorenew';
import CheckCircleOutline from '@material-ui/icons/CheckCircleOutline';
import CloudOff from '@material-ui/icons/CloudOff';
import ErrorOutline from '@material-ui/icons/ErrorOutline';
import Flag from '@material-ui/icons/Flag';
import HelpOutline from '@material-ui/icons/HelpOutline';
import History from '@material-ui/icons/History';
import LockOutlined from '@material-ui/icons/LockOutlined';
import PauseCircleOutline from '@material-ui/icons/PauseCircleOutline';
import RemoveCircleOutline from '@material-ui/icons/RemoveCircleOutline';
import ReportProblemOutlined from '@material-ui/icons/ReportProblemOutlined';
import VisibilityOutlined from '@material-ui/icons/VisibilityOutlined';
import { useMessages } from '../hooks/useMessages';
import type { DisplayState } from './types';

/** How one state looks; never its colour alone. */
export interface StateStyle {
  /** For the icon and the word: at least 4.5:1 on paper and on the tint. */
  ink: string;
  /** For borders only; too light for text. */
  edge: string;
  /** Behind the text of a card. */
  tint: string;
  borderStyle: 'solid' | 'double' | 'dashed' | 'dotted';
  Icon: ComponentType<SvgIconProps>;
  word: string;
}

type StatusColor = 'ok' | 'warning' | 'error' | 'running' | 'aborted';

/** For themes without Backstage's additions. */
const FALLBACK: Record<StatusColor, { light: string; dark: string }> = {
  ok: { light: '#1DB954', dark: '#71CF88' },
  warning: { light: '#FF9800', dark: '#FFB84D' },
  error: { light: '#E22134', dark: '#F84C55' },
  running: { light: '#1F5493', dark: '#3488E3' },
  aborted: { light: '#757575', dark: '#9E9E9E' },
};

/** How far a status colour is shifted until it can be read as text. */
const INK: Record<StatusColor, { light: number; dark: number }> = {
  ok: { light: 0.45, dark: 0.25 },
  warning: { light: 0.5, dark: 0.1 },
  error: { light: 0.15, dark: 0.5 },
  running: { light: 0, dark: 0.55 },
  aborted: { light: 0.2, dark: 0.5 },
};

/** Undecided is neither good nor bad: a grey blue that no status colour has. */
const UNDECIDED = {
  light: { edge: '#5B7391', ink: '#3d4f66' },
  dark: { edge: '#9fb4cc', ink: '#c3d3e6' },
};

interface Look {
  color: StatusColor | 'undecided';
  borderStyle: StateStyle['borderStyle'];
  Icon: StateStyle['Icon'];
}

const LOOKS: Record<DisplayState, Look> = {
  pass: { color: 'ok', borderStyle: 'solid', Icon: CheckCircleOutline },
  warn: { color: 'warning', borderStyle: 'solid', Icon: ReportProblemOutlined },
  fail: { color: 'error', borderStyle: 'solid', Icon: ErrorOutline },
  bypassed: { color: 'error', borderStyle: 'dashed', Icon: ErrorOutline },
  inconclusive: {
    color: 'undecided',
    borderStyle: 'double',
    Icon: HelpOutline,
  },
  noAccess: { color: 'undecided', borderStyle: 'double', Icon: LockOutlined },
  unreachable: { color: 'undecided', borderStyle: 'double', Icon: CloudOff },
  stale: { color: 'undecided', borderStyle: 'double', Icon: History },
  progressing: { color: 'running', borderStyle: 'solid', Icon: Autorenew },
  stopped: {
    color: 'aborted',
    borderStyle: 'dotted',
    Icon: PauseCircleOutline,
  },
  noPermission: { color: 'aborted', borderStyle: 'dotted', Icon: LockOutlined },
  skipped: {
    color: 'aborted',
    borderStyle: 'dashed',
    Icon: RemoveCircleOutline,
  },
  advice: { color: 'warning', borderStyle: 'solid', Icon: Flag },
  observed: {
    color: 'aborted',
    borderStyle: 'solid',
    Icon: VisibilityOutlined,
  },
};

/** The look of each state in the current theme; the only reader of its status colours. */
export function useStateStyles(): (state: DisplayState) => StateStyle {
  const theme = useTheme();
  const { t } = useMessages();
  return useCallback(
    state => {
      const { color, borderStyle, Icon } = LOOKS[state];
      return {
        ...colors(theme, color),
        borderStyle,
        Icon,
        word: t(`state.${state}`),
      };
    },
    [theme, t],
  );
}

function colors(theme: Theme, color: Look['color']) {
  const type = theme.palette.type;
  const { edge, ink } =
    color === 'undecided' ? UNDECIDED[type] : statusColors(theme, color);
  return { edge, ink, tint: alpha(edge, type === 'dark' ? 0.12 : 0.07) };
}

function statusColors(theme: Theme, color: StatusColor) {
  const type = theme.palette.type;
  const palette: { status?: Partial<Record<StatusColor, string>> } =
    theme.palette;
  const edge = palette.status?.[color] ?? FALLBACK[color][type];
  const shift = type === 'dark' ? lighten : darken;
  return { edge, ink: shift(edge, INK[color][type]) };
}
