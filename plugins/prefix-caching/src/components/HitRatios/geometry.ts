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

/** Pixels; the charts of all targets share them, so that they can be compared. */
export const RATIO_HEIGHT = 226;
export const LATENCY_HEIGHT = 104;
/** Of everything under the card's heading, kept free until the charts are there. */
export const CHARTS_HEIGHT = 400;

/** Left of the plot: its scale. Right of it: the names of its lines. */
export const LEFT = 40;
export const RIGHT = 96;
/** Over the plot: what happened when. */
export const RAIL = 34;
/** Under the plot: the verdict, then the times. */
export const BAND_TOP = 6;
export const BAND_HEIGHT = 11;
export const AXIS_HEIGHT = 44;

/** A plot's place, and where its times are on it. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The place of a time, held within the plot. */
  x(time: number): number;
}

/** The plot of a chart of this size over this time. */
export function plotOf(options: {
  width: number;
  top: number;
  bottom: number;
  from: number;
  to: number;
}): Plot {
  const { width, top, bottom, from, to } = options;
  const left = LEFT;
  const right = Math.max(left + 1, width - RIGHT);
  return {
    left,
    right,
    top,
    bottom,
    x: time =>
      left +
      (right - left) * Math.min(1, Math.max(0, (time - from) / (to - from))),
  };
}

/**
 * Moves labels apart that would lie on each other; in their order from above,
 * each at least `distance` under the one before.
 */
export function spread(places: number[], distance: number): number[] {
  const order = places
    .map((place, index) => ({ place, index }))
    .sort((a, b) => a.place - b.place);
  const spaced = [...places];
  order.forEach(({ place, index }, at) => {
    const before = at === 0 ? -Infinity : spaced[order[at - 1].index];
    spaced[index] = Math.max(place, before + distance);
  });
  return spaced;
}
