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

import type { SeriesReport } from 'backstage-plugin-prefix-caching-common';
import { gpuTarget } from '../__fixtures__';
import { stepOf, roundTicks } from './ranges';
import { bucketRows, lastKnown, quietSince, seriesRows } from './series';
import { seriesCsv } from './seriesCsv';
import { eventsWithin, verdictAt, verdictStretches } from './timeline';

const START = Date.parse('2026-08-18T12:00:00.000Z');
const minute = (count: number) => START + count * 60_000;
const iso = (count: number) => new Date(minute(count)).toISOString();

function report(changes: Partial<SeriesReport> = {}): SeriesReport {
  return {
    targetId: 'a',
    from: iso(0),
    to: iso(10),
    stepSeconds: 60,
    source: 'samples',
    series: [],
    events: [],
    gaps: [],
    ...changes,
  };
}

describe('seriesRows', () => {
  it('joins lines by time, leaves out what is not known and what is of one replica', () => {
    const rows = seriesRows(
      report({
        series: [
          {
            figure: 'delivered-hit-ratio',
            points: [
              [minute(2), 0.5],
              [minute(1), 0],
            ],
          },
          {
            figure: 'predicted-hit-ratio',
            points: [
              [minute(1), null],
              [minute(2), 0.6],
            ],
          },
          {
            figure: 'delivered-hit-ratio',
            pod: 'x',
            points: [[minute(2), 0.9]],
          },
          { figure: 'waiting', points: [[minute(2), 3]] },
        ],
      }),
    );
    // Zero is zero; null is nothing.
    expect(rows).toEqual([
      { time: minute(1), 'delivered-hit-ratio': 0 },
      {
        time: minute(2),
        'delivered-hit-ratio': 0.5,
        'predicted-hit-ratio': 0.6,
      },
    ]);
  });

  it('puts an empty row where steps are missing, so that no line crosses the gap', () => {
    const points: [number, number][] = [
      [minute(1), 0.5],
      [minute(2), 0.5],
      [minute(6), 0.5],
    ];
    const rows = seriesRows(
      report({ series: [{ figure: 'delivered-hit-ratio', points }] }),
    );
    expect(rows.map(({ time }) => (time - START) / 60_000)).toEqual([
      1, 2, 3, 6,
    ]);
    expect(rows[2]).toEqual({ time: minute(3) });
  });
});

describe('quietSince', () => {
  const row = (time: number, ratio?: number, rate?: number) => ({
    time: minute(time),
    ...(ratio !== undefined && { 'delivered-hit-ratio': ratio }),
    ...(rate !== undefined && { 'request-rate': rate }),
  });
  it.each([
    ['a ratio up to the end', [row(9, 0.5, 1), row(10, 0.5, 1)], undefined],
    [
      'no requests',
      [row(3, 0.5, 1), row(4, undefined, 0), row(10, undefined, 0)],
      { time: minute(3), noRequests: true },
    ],
    [
      'requests, and no ratio',
      [row(3, 0.5, 1), row(10, undefined, 2)],
      { time: minute(3), noRequests: false },
    ],
    ['nothing at all', [], undefined],
  ])('%s', (_, rows, expected) => {
    expect(quietSince(rows, report())).toEqual(expected);
  });
});

describe('bucketRows', () => {
  it('keeps what was last known in each bucket, and no empty rows', () => {
    const rows = [
      { time: 1, 'delivered-hit-ratio': 0.1, 'predicted-hit-ratio': 0.2 },
      { time: 2, 'delivered-hit-ratio': 0.3 },
      { time: 3 },
      { time: 4, 'predicted-hit-ratio': 0.4 },
    ];
    expect(bucketRows(rows, 2)).toEqual([
      { time: 2, 'delivered-hit-ratio': 0.3, 'predicted-hit-ratio': 0.2 },
      { time: 4, 'predicted-hit-ratio': 0.4 },
    ]);
    expect(bucketRows([], 2)).toEqual([]);
    expect(lastKnown(rows, 'delivered-hit-ratio')).toEqual({
      time: 2,
      value: 0.3,
    });
  });
});

describe('verdictStretches', () => {
  const fail = (at: number) => ({
    at: iso(at),
    kind: 'verdict' as const,
    verdict: 'fail' as const,
    summary: 'It fails.',
  });

  it('takes the last change before the range as its beginning', () => {
    const events = [
      fail(4),
      { ...fail(-1), verdict: 'pass' as const },
      { at: iso(5), kind: 'scale' as const, summary: 'Scaled.' },
    ];
    expect(verdictStretches(gpuTarget, report({ events }))).toEqual([
      { from: minute(0), to: minute(4), verdict: 'pass' },
      { from: minute(4), to: minute(10), verdict: 'fail' },
    ]);
  });

  it('does not claim to know what came before the first change', () => {
    expect(
      verdictStretches(gpuTarget, report({ events: [fail(4)] }))[0].verdict,
    ).toBeUndefined();
  });

  it('without changes reaches back to when the verdict began', () => {
    expect(verdictStretches({ ...gpuTarget, since: iso(7) }, report())).toEqual(
      [
        { from: minute(0), to: minute(7) },
        { from: minute(7), to: minute(10), verdict: 'pass' },
      ],
    );
    expect(verdictStretches(gpuTarget, report())).toEqual([
      { from: minute(0), to: minute(10), verdict: 'pass' },
    ]);
  });
});

describe('seriesCsv', () => {
  it('writes what is not known as nothing, and no formula', () => {
    const rows = [
      { time: minute(1), 'delivered-hit-ratio': 0 },
      { time: minute(2), 'predicted-hit-ratio': 0.5 },
    ];
    const events = [
      {
        at: iso(2),
        kind: 'scale' as const,
        summary: '=SUM(A1), "scaled"',
      },
    ];
    const stretches = [
      { from: minute(0), to: minute(1), verdict: 'pass' as const },
    ];
    expect(seriesCsv(rows, stretches, events).split('\r\n').slice(1)).toEqual([
      '2026-08-18T12:01:00.000Z,,0,,,pass,',
      `2026-08-18T12:02:00.000Z,0.5,,,,,"'=SUM(A1), ""scaled"""`,
      '',
    ]);
    expect(verdictAt(stretches, minute(5))).toBeUndefined();
    expect(eventsWithin(events, minute(2), minute(3))).toEqual([]);
  });
});

describe('ranges', () => {
  it('asks for no step in which a back end would have no sample', () => {
    expect(stepOf('90min', 10)).toBe(60);
    expect(stepOf('90min', 300)).toBe(600);
    expect(stepOf('7d', 300)).toBe(3600);
  });

  it.each([
    ['90min', 90 * 60_000, 3],
    ['24h', 86_400_000, 4],
    ['7d', 7 * 86_400_000, 7],
  ] as const)('has round ticks over %s', (range, length, most) => {
    const from = minute(2);
    const ticks = roundTicks(range, from, from + length);
    expect(ticks.length).toBeGreaterThanOrEqual(most);
    for (const tick of ticks.map(time => new Date(time))) {
      expect(tick.getTime()).toBeGreaterThanOrEqual(from);
      expect(tick.getSeconds()).toBe(0);
      expect(tick.getMinutes() % 30).toBe(0);
      expect(range === '90min' || tick.getHours() % 6 === 0).toBe(true);
      expect(range !== '7d' || tick.getHours() === 0).toBe(true);
    }
  });
});
