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

import { useCallback, useState } from 'react';
import { storageApiRef, useApiHolder } from '@backstage/frontend-plugin-api';

const BUCKET = 'prefix-caching';

/** A choice that is remembered per user; where nothing can be stored, for this visit. */
export function useStored<T extends string>(
  key: string,
  choices: readonly T[],
  initial: T,
): [T, (value: T) => void] {
  const storage = useApiHolder().get(storageApiRef)?.forBucket(BUCKET);
  const stored = storage?.snapshot<string>(key).value;
  const [chosen, setChosen] = useState<T>();
  const choose = useCallback(
    (value: T) => {
      setChosen(value);
      storage?.set(key, value);
    },
    [key, storage],
  );
  return [
    chosen ?? choices.find(choice => choice === stored) ?? initial,
    choose,
  ];
}
