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

import { useEffect, useState } from 'react';

/**
 * What a module holds, once it is here.
 *
 * Unlike with `lazy`, what is rendered around it is on the page already, with
 * its effects; React would hold that back for half a second after a fallback.
 *
 * @throws in rendering, what loading throws.
 */
export function useLoaded<T>(load: () => Promise<T>): T | undefined {
  const [answer, setAnswer] = useState<{ value?: T; error?: unknown }>({});
  useEffect(() => {
    let isGone = false;
    const settle = (next: typeof answer) => {
      if (!isGone) {
        setAnswer(next);
      }
    };
    load().then(
      value => settle({ value }),
      error => settle({ error }),
    );
    return () => {
      isGone = true;
    };
  }, [load]);
  if (answer.error !== undefined) {
    throw answer.error;
  }
  return answer.value;
}
