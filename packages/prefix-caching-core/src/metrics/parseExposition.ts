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

import { ExpositionError } from './ExpositionError';
import { ExpositionReader } from './ExpositionReader';
import type { MetricFamily } from './types';

/** What to read of an exposition, and how much of it at most. @public */
export interface ExpositionOptions {
  /**
   * The families wanted: prefixes of their names, or a predicate; all by
   * default. The others are passed over unread, which makes a scrape many times
   * cheaper. One that has a comment is passed over as a whole: both formats
   * demand that the lines of a family stand together.
   */
  families?: readonly string[] | ((name: string) => boolean);
  /** Of those families, the samples wanted, by their names: all by default. */
  samples?: (name: string) => boolean;
  /** By default what the text itself says: OpenMetrics ends with `# EOF`. */
  format?: 'prometheus' | 'openmetrics';
  /**
   * Demand the line feed that ends every exposition. Set it for a body that
   * came over a network: cut off within its last number it is otherwise read
   * as a smaller number. Default false, so that snippets can be read.
   */
  requireFinalNewline?: boolean;
  /** Limit on the text's length in UTF-16 units, which is at most its bytes. Default 16 MiB. */
  maxBytes?: number;
  /** Limit on samples kept, and on families met. Default 200,000. */
  maxSamples?: number;
  /** Limit on the labels of one sample. Default 128. */
  maxLabels?: number;
  /**
   * Limit on how many different label names the samples kept may have in all:
   * each costs far more than its text. Default 2,000.
   */
  maxLabelNames?: number;
}

/**
 * Reads Prometheus text format 0.0.4 or OpenMetrics 1.0, quoted UTF-8 names
 * included, in a single pass.
 *
 * `_bucket`, `_sum`, `_count`, `_created` and OpenMetrics' `_total` and `_info`
 * samples stay in their family, under the name they were written with. A sample
 * without a `# TYPE` line makes a family of type `unknown`. Timestamps are in
 * seconds whatever the format; exemplars are passed over.
 *
 * @throws {@link ExpositionError} when the text is no exposition, malformed,
 * cut off or beyond a limit.
 *
 * @public
 */
export function parseExposition(
  text: string,
  options: ExpositionOptions = {},
): MetricFamily[] {
  refuseUnreadable(text, options);
  const openMetrics = options.format
    ? options.format === 'openmetrics'
    : /(?:^|\n)# EOF\s*$/.test(text.slice(-16));
  return new ExpositionReader(text, options, openMetrics).read();
}

function refuseUnreadable(text: string, options: ExpositionOptions): void {
  const { maxBytes = 16 * 1024 * 1024, requireFinalNewline } = options;
  if (text.length > maxBytes) {
    throw new ExpositionError(
      `The exposition is ${text.length} characters long, the limit is ${maxBytes}; ask for fewer series or raise maxBytes.`,
    );
  }
  const start = text.slice(0, 256).trimStart();
  const foreign =
    (start.startsWith('<') && 'an HTML page') ||
    (/^(?:\[|\{\s*(?:\}|"[^"]*"\s*:))/.test(start) && 'JSON');
  if (foreign) {
    throw new ExpositionError(
      `Got ${foreign}, expected Prometheus text: the address answered with something other than metrics, such as an error or a login page. Check scheme, port and path.`,
    );
  }
  if (requireFinalNewline && text !== '' && !text.endsWith('\n')) {
    throw new ExpositionError(
      'expected a line feed at its end, but the text ends within the line: it was cut off.',
      text.split('\n').length,
    );
  }
}
