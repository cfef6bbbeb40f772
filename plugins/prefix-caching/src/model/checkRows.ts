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

import { COMPONENTS } from 'prefix-caching-core/verdicts';
import type { Component, Finding, Requirement } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { compareStates, stateOfFinding, waiverOf, worstState } from '../states';
import type { DisplayState } from '../states';

/** One check on one target. */
export interface CheckCell {
  target: TargetReport;
  finding: Finding;
  state: DisplayState;
}

/** One check on every target that has it. */
export interface CheckRow {
  check: string;
  requirement: Requirement;
  /** In the order of the targets; undefined where a target has no such check. */
  cells: (CheckCell | undefined)[];
  worst: CheckCell;
}

/** The checks of one component. */
export interface CheckGroup {
  component: Component;
  rows: CheckRow[];
  /** The worst state of each target; undefined where it has no check here. */
  states: (DisplayState | undefined)[];
  worst: DisplayState;
}

/** States that ask for nothing. */
const QUIET: readonly DisplayState[] = ['pass', 'skipped', 'observed'];

/** Whether someone should read this row; a finding that was accepted asks for nothing. */
export function needsAttention(row: CheckRow): boolean {
  return row.cells.some(
    cell =>
      cell !== undefined &&
      !QUIET.includes(cell.state) &&
      waiverOf(cell.target, cell.finding.check) === undefined,
  );
}

/** All checks of some targets, by component, the worst component first. */
export function checkGroups(targets: TargetReport[]): CheckGroup[] {
  return COMPONENTS.map(component => groupOf(component, targets))
    .filter((group): group is CheckGroup => group !== undefined)
    .sort((a, b) => compareStates(a.worst, b.worst));
}

function groupOf(
  component: Component,
  targets: TargetReport[],
): CheckGroup | undefined {
  const ids = new Set(
    targets.flatMap(target =>
      findingsOf(target, component).map(finding => finding.check),
    ),
  );
  const rows = [...ids].map(check => rowOf(check, component, targets));
  const worst = worstState(rows.map(row => row.worst.state));
  if (worst === undefined) {
    return undefined;
  }
  return {
    component,
    rows: rows.sort((a, b) => compareStates(a.worst.state, b.worst.state)),
    states: targets.map((_, index) =>
      worstState(
        rows.flatMap(row => {
          const cell = row.cells[index];
          return cell ? [cell.state] : [];
        }),
      ),
    ),
    worst,
  };
}

function rowOf(
  check: string,
  component: Component,
  targets: TargetReport[],
): CheckRow {
  const cells = targets.map(target => {
    const finding = findingsOf(target, component).find(
      candidate => candidate.check === check,
    );
    return finding && { target, finding, state: stateOf(target, finding) };
  });
  const present = cells.flatMap(cell => (cell ? [cell] : []));
  const [worst] = [...present].sort((a, b) => compareStates(a.state, b.state));
  return { check, requirement: worst.finding.requirement, cells, worst };
}

function stateOf(target: TargetReport, finding: Finding): DisplayState {
  return stateOfFinding(finding, target.verification?.gaps ?? []);
}

function findingsOf(target: TargetReport, component: Component): Finding[] {
  return (target.verification?.findings ?? []).filter(
    finding => finding.component === component,
  );
}
