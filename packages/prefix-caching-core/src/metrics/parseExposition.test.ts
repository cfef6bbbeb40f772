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

import { ExpositionError, type MetricFamily, parseExposition } from './index';

function sample(name: string, value: number, labels = {}, timestamp?: number) {
  const bare = { name, labels, value };
  return timestamp === undefined ? bare : { ...bare, timestamp };
}

describe('parseExposition', () => {
  it.each<[string, string, MetricFamily[]]>([
    ['nothing', '', []],
    ['blank lines and comments', '\n  \n# a note\n#\n', []],
    [
      'a counter with help, type and a timestamp in milliseconds',
      '# HELP a_total Bytes \\\\ and\\nlines.\n# TYPE a_total counter\na_total{x="1"} 2e3 1395066363000\n',
      [
        {
          name: 'a_total',
          type: 'counter',
          help: 'Bytes \\ and\nlines.',
          samples: [sample('a_total', 2000, { x: '1' }, 1395066363)],
        },
      ],
    ],
    [
      'OpenMetrics: suffixes, exemplars, seconds, unit, end',
      [
        '# TYPE a counter',
        '# UNIT a seconds',
        'a_total{x="}"} 1.5 1395066363.5 # {trace_id="x}"} 0.5 1.2',
        'a_created 1395066000',
        '# TYPE b info',
        'b_info{v="1"} 1',
        '# TYPE c histogram',
        'c_bucket{le="+Inf"} 4 # {} 3',
        'c_count 4',
        'c_sum 2',
        '# EOF',
        '',
      ].join('\n'),
      [
        {
          name: 'a',
          type: 'counter',
          samples: [
            sample('a_total', 1.5, { x: '}' }, 1395066363.5),
            sample('a_created', 1395066000),
          ],
        },
        { name: 'b', type: 'info', samples: [sample('b_info', 1, { v: '1' })] },
        {
          name: 'c',
          type: 'histogram',
          samples: [
            sample('c_bucket', 4, { le: '+Inf' }),
            sample('c_count', 4),
            sample('c_sum', 2),
          ],
        },
      ],
    ],
    [
      'a summary, and a _created metric that the Python client types by itself',
      '# TYPE s summary\ns{quantile="0.5"} 1\ns_sum 2\ns_count 3\n# TYPE s_created gauge\ns_created 4\n',
      [
        {
          name: 's',
          type: 'summary',
          samples: [
            sample('s', 1, { quantile: '0.5' }),
            sample('s_sum', 2),
            sample('s_count', 3),
          ],
        },
        { name: 's_created', type: 'gauge', samples: [sample('s_created', 4)] },
      ],
    ],
    [
      'no TYPE: every name is a family of its own',
      'x_sum 1\nx_count 2\n',
      [
        { name: 'x_sum', type: 'unknown', samples: [sample('x_sum', 1)] },
        { name: 'x_count', type: 'unknown', samples: [sample('x_count', 2)] },
      ],
    ],
    [
      'special values',
      'a +Inf\na -Inf\na Inf\na NaN\na .5\na -3.\n',
      [
        {
          name: 'a',
          type: 'unknown',
          samples: [Infinity, -Infinity, Infinity, NaN, 0.5, -3].map(value =>
            sample('a', value),
          ),
        },
      ],
    ],
    [
      'escapes, blanks, tabs, carriage returns, empty braces, trailing comma',
      ' vllm:a { x = "C:\\\\D\\"\\n\\q" , y="", } \t7\r\nvllm:a{} 8\r\n',
      [
        {
          name: 'vllm:a',
          type: 'unknown',
          samples: [
            sample('vllm:a', 7, { x: 'C:\\D"\n\\q', y: '' }),
            sample('vllm:a', 8),
          ],
        },
      ],
    ],
    [
      'quoted UTF-8 names',
      '# TYPE "größe.a" gauge\n{"größe.a", "e.b"="1"} 2\n{"größe.a"} 3\n',
      [
        {
          name: 'größe.a',
          type: 'gauge',
          samples: [sample('größe.a', 2, { 'e.b': '1' }), sample('größe.a', 3)],
        },
      ],
    ],
    [
      'a last line without a line feed',
      'a 1',
      [{ name: 'a', type: 'unknown', samples: [sample('a', 1)] }],
    ],
  ])('reads %s', (_, text, expected) => {
    expect(parseExposition(text)).toEqual(expected);
  });

  it('keeps labels that are called like properties of every object', () => {
    const [family] = parseExposition('a{__proto__="x",constructor="y"} 1\n');
    expect(Object.entries(family.samples[0].labels)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it.each([
    ['<!doctype html><html>', /^Got an HTML page, expected Prometheus text/],
    ['\n <html>', /^Got an HTML page/],
    ['{"kind": "Status", "code": 403}', /^Got JSON, expected Prometheus text/],
    [
      'a 1\nb{x="1',
      /^Line 2: expected a closing quote after the value of label x, but the text ends here: it was cut off\.$/,
    ],
    ['a 1\nb{x="1"', /^Line 2: expected "," or "}", but the text ends here/],
    ['a 1\nb', /^Line 2: expected a value, but the text ends here/],
    ['a\nb 2\n', /^Line 1: expected a value, but the line ends here\.$/],
    ['a{x="1" 2\n', /^Line 1: expected "," or "}", found "2"\.$/],
    [
      'a{x=1} 2\n',
      /^Line 1: expected the value of label x in double quotes, found "1} 2"\.$/,
    ],
    ['a{x} 2\n', /^Line 1: expected "=" after label x, found "} 2"\.$/],
    ['a 1_000\n', /^Line 1: expected a value, found "1_000"\.$/],
    ['a 0x10\n', /^Line 1: expected a value/],
    ['a 1 yesterday\n', /^Line 1: expected a timestamp, found "yesterday"\.$/],
    ['a 1 2 3\n', /^Line 1: expected the end of the line, found "3"\.$/],
    ['\n1a 1\n', /^Line 2: expected a metric name, found "1a 1"\.$/],
    ['# TYPE\n', /^Line 1: expected a metric name/],
  ])('says in a sentence what is wrong with %j', (text, message) => {
    expect(() => parseExposition(text)).toThrow(ExpositionError);
    expect(() => parseExposition(text)).toThrow(message);
  });

  it('finds out that a text was cut off, where it is told how it should end', () => {
    expect(() =>
      parseExposition('a 1\na 22', { requireFinalNewline: true }),
    ).toThrow(
      'Line 2: expected a line feed at its end, but the text ends within the line: it was cut off.',
    );
    expect(() => parseExposition('a 1\n', { format: 'openmetrics' })).toThrow(
      'expected the "# EOF" that ends OpenMetrics',
    );
  });

  it('refuses what is beyond a limit', () => {
    const text = 'a{x="1",y="2"} 1\na 2\n';
    expect(() => parseExposition(text, { maxBytes: 20 })).toThrow(
      'The exposition is 21 characters long, the limit is 20;',
    );
    expect(() => parseExposition(text, { maxSamples: 1 })).toThrow(
      'Line 2: more than 1 samples or families;',
    );
    expect(() => parseExposition(text, { maxLabels: 1 })).toThrow(
      'Line 1: expected at most 1 labels',
    );
    expect(() => parseExposition(text, { maxLabelNames: 1 })).toThrow(
      'Line 1: more than 1 different label names; ask for fewer families or raise maxLabelNames.',
    );
    expect(() => parseExposition('a 1\n'.repeat(13_000_000))).toThrow(
      'The exposition is 52000000 characters long',
    );
  });

  it('refuses more label names than 2,000, however many samples they are on', () => {
    const lines = (names: number) =>
      Array.from(
        { length: names },
        (_, at) => `a{l${at}="",m${at % 9}=""} 1\n`,
      );
    expect(parseExposition(lines(1_991).join(''))).toHaveLength(1);
    expect(() => parseExposition(lines(1_992).join(''))).toThrow(
      'Line 1992: more than 2000 different label names',
    );
    expect(
      parseExposition(lines(3_000).join(''), { samples: () => false }),
    ).toEqual([{ name: 'a', type: 'unknown', samples: [] }]);
  });

  it('reads only the families that are wanted, and passes over the rest unread', () => {
    const text =
      '# TYPE a histogram\na_bucket{le="1"} 1\na_count 1\n# TYPE ab gauge\nab 2\nc{broken\n';
    expect(parseExposition(text, { families: ['a'] }).map(f => f.name)).toEqual(
      ['a', 'ab'],
    );
    const exact = parseExposition(text, { families: name => name === 'a' });
    expect(exact).toHaveLength(1);
    expect(exact[0].samples).toHaveLength(2);
  });

  it('takes no sample of a family passed over for a family of its own', () => {
    const text = '# TYPE a histogram\n# HELP a\na_bucket{le="1"} 2\n';
    const families = (name: string) => name === 'a_bucket';
    expect(parseExposition(text, { families })).toEqual([]);
  });
});
