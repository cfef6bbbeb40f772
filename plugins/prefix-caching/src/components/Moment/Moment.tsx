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

import { formatDuration, formatMoment } from '../../format';
import { useClock } from '../../hooks/useClock';

/** A time as short as it can be; whole, with its zone, in the tooltip. */
export function Moment(props: { iso: string }) {
  const now = useClock();
  return (
    <time
      dateTime={props.iso}
      title={new Date(props.iso).toLocaleString(undefined, {
        dateStyle: 'full',
        timeStyle: 'long',
      })}
    >
      {formatMoment(props.iso, now)}
    </time>
  );
}

/** How long ago something was. */
export function Age(props: { iso: string }) {
  const now = useClock();
  return (
    <time dateTime={props.iso} title={new Date(props.iso).toLocaleString()}>
      {formatDuration(now - Date.parse(props.iso))}
    </time>
  );
}
