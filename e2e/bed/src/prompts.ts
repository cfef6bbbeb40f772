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
import { MODEL, NAMESPACE, SERVICE } from './servingObjects';

const WORDS =
  'the answer to this question is given in full below with all that is known of it and where it was found'.split(
    ' ',
  );

/** Text of many words that begins as no other text does. */
export function prefixOf(seed: number, words = 400): string {
  const first = `conversation ${seed} `;
  return (
    first +
    Array.from(
      { length: words },
      (_, index) => WORDS[(index * 7 + seed * (index % 5)) % WORDS.length],
    ).join(' ')
  );
}

export interface Answer {
  status: number;
  text: string;
  /** Of the engine that answered. */
  pod?: string;
}

/** Sends a prompt as an application would. */
export async function complete(
  gatewayUrl: string,
  prompt: string,
): Promise<Answer> {
  const answer = await fetch(
    `${gatewayUrl}/${NAMESPACE}/${SERVICE}/v1/completions`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: MODEL, prompt, max_tokens: 2 }),
    },
  );
  return {
    status: answer.status,
    text: await answer.text(),
    pod: answer.headers.get('x-inference-pod') ?? undefined,
  };
}

let conversations = 0;

/** The same new prefix again and again, whoever answers it, and however. */
export async function converseBlindly(gatewayUrl: string): Promise<Answer[]> {
  conversations += 1;
  const prefix = prefixOf(conversations);
  const answers: Answer[] = [];
  for (let turn = 1; turn <= 6; turn++) {
    answers.push(await complete(gatewayUrl, `${prefix} blind turn ${turn}`));
  }
  return answers;
}

/**
 * A conversation that nobody had before: the same long text again and again,
 * each time with another end.
 *
 * @returns the pods that answered, in order
 * @throws Error where a turn is not answered with 200
 */
export async function converse(
  gatewayUrl: string,
  turns = 6,
): Promise<string[]> {
  conversations += 1;
  const prefix = prefixOf(conversations);
  const pods: string[] = [];
  for (let turn = 1; turn <= turns; turn++) {
    const { status, text, pod } = await complete(
      gatewayUrl,
      `${prefix} turn ${turn}`,
    );
    if (status !== 200 || !pod) {
      throw new Error(
        `Turn ${turn} was answered with ${status} by ${pod}: ${text.slice(
          0,
          500,
        )}`,
      );
    }
    pods.push(pod);
  }
  return pods;
}
