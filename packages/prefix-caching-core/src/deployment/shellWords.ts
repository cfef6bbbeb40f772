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

/** What a shell, a kubelet and a YAML reader all leave alone. */
const PLAIN = /^[\w=./:@,%+-]*$/;

function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * A word for a place where the shell reads it a second time, as the presets'
 * launch scripts do through `eval`. Of `--name=value` only the value stands
 * in quotes, so that whoever looks for the flag finds it.
 */
export function shellWord(word: string): string {
  if (PLAIN.test(word)) {
    return word;
  }
  const [, name, value] = /^(--[\w-]+=)([\s\S]*)$/.exec(word) ?? ['', '', word];
  return name + quoted(value);
}

/**
 * A text for `args`, `command` or an environment value: the kubelet replaces
 * `$(NAME)` there, and takes `$$` for one dollar sign.
 */
export function kubeletText(text: string): string {
  return text.replace(/\$/g, '$$$$');
}
