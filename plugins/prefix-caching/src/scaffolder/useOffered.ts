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

import { useApi } from '@backstage/core-plugin-api';
import type { Accelerator, ModelFacts } from 'prefix-caching-core';
import useAsync from 'react-use/lib/useAsync';
import { prefixCachingApiRef } from '../api';

/** What the one who asks may choose from. */
export interface Offered {
  accelerators: Accelerator[];
  models: ModelFacts[];
}

/** The rows the back end offers to this user, read once. */
export function useOffered(): { offered?: Offered; error?: Error } {
  const api = useApi(prefixCachingApiRef);
  const { value, error } = useAsync(async () => {
    const [accelerators, models] = await Promise.all([
      api.getAccelerators(),
      api.getModels(),
    ]);
    return { accelerators, models };
  }, [api]);
  return { offered: value, error };
}
