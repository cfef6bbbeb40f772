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

import { evalEffects, splitEffects } from './evalEffects';

describe('what a second reading by the shell does to arguments', () => {
  it.each([
    ['plain flags', '--max-model-len=4096 --enable-prefix-caching'],
    ['JSON in single quotes', `--config='{"a":1}'`],
    ['a list without quotes', '--sizes=[1,2]'],
    ['an empty list beside a quoted text', '--sizes=[] --name="chat"'],
    ['an empty object beside a quoted text', '--extra="{ }" --name="chat"'],
    ['a variable of the container', '--host=$POD_IP --port=${PORT}'],
    ['a command in single quotes', "--template='$(date)'"],
    ['brackets within a word', '--name="chat"[0]'],
  ])('nothing: %s', (_, text) => {
    expect(evalEffects(text, ['POD_IP', 'PORT'])).toEqual([]);
  });

  it.each([
    [
      'JSON',
      '--config={"a":1}',
      'the quotes of "--config={a:1}" are taken away',
    ],
    ['a list of texts', '--stop ["a"]', 'the quotes of "[a]" are taken away'],
    [
      'a variable that nobody sets',
      '--host=$HOST',
      '"--host=$HOST" is replaced by what the shell finds',
    ],
    [
      'one beside a known one',
      '--host=${POD_IP}${X}',
      '"--host=${POD_IP}${X}" is replaced by what the shell finds',
    ],
    [
      'a command',
      '--seed=$(date)',
      '"--seed=$(date)" holds a character that ends the command',
    ],
    [
      'a command in double quotes',
      '--seed="$(date)"',
      '"--seed=$(date)" is replaced by what the shell finds',
    ],
    [
      'a command in backquotes',
      '--seed=`date`',
      '"--seed=`date`" is replaced by what the shell finds',
    ],
    [
      'a pipe',
      '--key=a|b',
      '"--key=a|b" holds a character that ends the command',
    ],
  ])('told: %s', (_, text, effect) => {
    expect(evalEffects(text, ['POD_IP'])).toContain(effect);
  });
});

describe('an argument that becomes several', () => {
  it.each([
    ['a name of two words', '--served-model-name=my model', 2],
    ['a flag with one dash', '-n=a b c', 3],
    ['a value of two lines', '--template=one\ntwo', 2],
  ])('%s', (_, argument, words) => {
    expect(splitEffects(argument)).toEqual([
      `"${argument}" is split into ${words} words`,
    ]);
  });

  it.each([
    ['one word', '--max-model-len=4096'],
    ['quotes of its own', "--served-model-name='my model'"],
    ['no flag: a script may hand over several', 'serve my-model'],
    ['a text in which a flag stands', 'serve --port=8000 my-model'],
    ['a flag whose value follows', '--port 8000'],
  ])('not: %s', (_, argument) => {
    expect(splitEffects(argument)).toEqual([]);
  });
});
