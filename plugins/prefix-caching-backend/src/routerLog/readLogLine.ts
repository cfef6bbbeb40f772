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

import type { RouterLogLine } from 'backstage-plugin-prefix-caching-common';
import { isRecord } from 'backstage-plugin-prefix-caching-common/core';
import { readDecision, type PodOfAddress } from './decision';
import { redact } from './redact';
import { FRAME_FIELDS, REQUEST_ID_FIELDS, SHOWN_FIELDS } from './shownFields';

/** What the API server puts before a line when asked for `timestamps`. */
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) /;

/** `<time>\t<LEVEL>\t[logger\t]<caller>\t<message>[\t{fields}]`, zap's console encoding. */
const CONSOLE = /^\S+\t([A-Z]+)\t([^]*)$/;

/**
 * One line of an Endpoint Picker's log for people who may not see prompts: its
 * message, the fields that are known to hold none, and what it tells of a
 * decision.
 *
 * Understands zap's JSON (KServe asks for it by `--zap-encoder json`) and its
 * console encoding; any other line is shown without quotations.
 *
 * @param raw - as the API server gives it, with its time stamp
 */
export function readLogLine(
  raw: string,
  podOfAddress: PodOfAddress = () => undefined,
): RouterLogLine {
  const stamp = STAMP.exec(raw);
  const at = stamp ? isoTime(stamp[1]) : undefined;
  const line = stamp ? raw.slice(stamp[0].length) : raw;
  const entry = parseObject(line) ?? parseConsole(line);
  if (!entry) {
    return { ...(at && { at }), text: redact(line.trimEnd()) };
  }
  const message = textOf(entry.msg) ?? textOf(entry.message) ?? '';
  const level = textOf(entry.level)?.toLowerCase();
  const decision = readDecision(message, entry, podOfAddress);
  return {
    ...(at && { at }),
    ...(level && { level }),
    text: [redact(message), ...shown(entry), ...hidden(entry)].join(' '),
    ...(decision && { decision }),
  };
}

function shown(entry: Record<string, unknown>): string[] {
  return Object.entries(entry).flatMap(([field, value]) =>
    SHOWN_FIELDS.has(field) && !isRequestId(field)
      ? [`${field}=${valueText(value)}`]
      : [],
  );
}

/** Says that something was left out, and what, so that nobody takes it for absent. */
function hidden(entry: Record<string, unknown>): string[] {
  const names = Object.keys(entry).filter(
    field =>
      !SHOWN_FIELDS.has(field) &&
      !FRAME_FIELDS.has(field) &&
      !isRequestId(field),
  );
  return names.length > 0 ? [`[not shown: ${redact(names.join(', '))}]`] : [];
}

/** An id has a place of its own, in the decision. */
function isRequestId(field: string): boolean {
  return REQUEST_ID_FIELDS.some(each => each === field);
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  const clean = redact(text);
  return /\s/.test(clean) && typeof value === 'string'
    ? JSON.stringify(clean)
    : clean;
}

function parseConsole(line: string): Record<string, unknown> | undefined {
  const match = CONSOLE.exec(line);
  if (!match) return undefined;
  const parts = match[2].split('\t');
  const fields = parts.length > 1 ? parseObject(parts[parts.length - 1]) : {};
  // The message is the last part, or the last but one before the fields.
  const message = fields && parts.length > 1 ? parts.slice(0, -1) : parts;
  return { ...fields, level: match[1], msg: message[message.length - 1] };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isoTime(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
