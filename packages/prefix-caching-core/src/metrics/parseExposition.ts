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

import { ExpositionCursor } from './ExpositionCursor';
import { ExpositionError } from './ExpositionError';
import { FamilyTable } from './FamilyTable';
import { metricTypeOf } from './metricTypes';
import { readSample } from './readSample';
import type { MetricFamily } from './types';

const HASH = 35;
const OPEN_BRACE = 123;

/** What to read of an exposition, and how much of it at most. @public */
export interface ExpositionOptions {
  /**
   * The families wanted: prefixes of their names, or a predicate. The values of
   * the others are passed over unread, which makes a scrape several times
   * cheaper. All by default.
   */
  families?: readonly string[] | ((name: string) => boolean);
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
  const { maxSamples = 200_000 } = options;
  refuseUnreadable(text, options);
  const openMetrics = options.format
    ? options.format === 'openmetrics'
    : /(?:^|\n)# EOF\s*$/.test(text.slice(-16));
  const rules = {
    maxLabels: options.maxLabels ?? 128,
    ticksPerSecond: openMetrics ? 1 : 1000,
  };

  const cursor = new ExpositionCursor(text);
  const families = new FamilyTable(options.families);
  let samples = 0;
  let ended = false;
  while (!ended && cursor.nextLine()) {
    if (cursor.take(HASH)) {
      ended = readComment(cursor, families) === 'EOF' && openMetrics;
    } else if (cursor.here !== -1) {
      const inBraces = cursor.take(OPEN_BRACE);
      const name = cursor.takeName('a metric name');
      const family = families.ofSample(name);
      if (family) {
        family.samples.push(readSample(cursor, name, inBraces, rules));
        samples++;
      }
    }
    if (samples > maxSamples || families.size > maxSamples) {
      throw new ExpositionError(
        `more than ${maxSamples} samples or families; ask for fewer families or raise maxSamples.`,
        cursor.line,
      );
    }
  }
  if (openMetrics && !ended) {
    throw new ExpositionError(
      'expected the "# EOF" that ends OpenMetrics, but the text ends here: it was cut off.',
      cursor.line,
    );
  }
  return families.wanted;
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

/** Reads a line that began with `#`; returns its keyword. */
function readComment(cursor: ExpositionCursor, families: FamilyTable): string {
  const keyword = cursor.takeWord();
  if (keyword === 'HELP') {
    families.declare(cursor.takeName('a metric name')).help = cursor.takeRest();
  } else if (keyword === 'TYPE') {
    const family = families.declare(cursor.takeName('a metric name'));
    family.type = metricTypeOf(cursor.takeWord());
  }
  return keyword;
}
