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

import { useTheme } from '@material-ui/core/styles';

/** The colours of lines and of what is behind them. */
export interface ChartColors {
  delivered: string;
  predicted: string;
  quiet: string;
  grid: string;
  text: string;
  subtle: string;
  paper: string;
  shade: string;
}

/** No colour of a chart is a verdict's: a line is neither good nor bad. */
export function useChartColors(): ChartColors {
  const { palette } = useTheme();
  const dark = palette.type === 'dark';
  return {
    delivered: palette.primary.main,
    predicted: dark ? '#d9b8f5' : '#6a4a86',
    quiet: dark ? '#b5b5b5' : '#6e6e6e',
    grid: palette.divider,
    text: palette.text.primary,
    subtle: dark ? '#c4c4c4' : '#595959',
    paper: palette.background.paper,
    shade: palette.action.hover,
  };
}
