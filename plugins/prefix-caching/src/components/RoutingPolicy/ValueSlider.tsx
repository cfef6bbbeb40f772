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

import Slider from '@material-ui/core/Slider';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../../hooks/useElementId';

/** A number to try out, with its name over it and its value in words under it. */
export function ValueSlider(props: {
  name: string;
  value: number;
  /** Least, most, step. */
  range: [number, number, number];
  text: string;
  onChange(value: number): void;
}) {
  const { name, value, range, text, onChange } = props;
  const id = useElementId();
  const [min, max, step] = range;
  return (
    <div style={{ paddingRight: 8 }}>
      <Typography id={id} variant="caption" display="block">
        {name}
      </Typography>
      <Slider
        aria-labelledby={id}
        aria-valuetext={text}
        value={value}
        min={min}
        max={max}
        step={step}
        style={{ paddingBottom: 4, paddingTop: 8 }}
        onChange={(_, next) => onChange(Array.isArray(next) ? next[0] : next)}
      />
      <Typography variant="caption" display="block">
        <b>{text}</b>
      </Typography>
    </div>
  );
}
