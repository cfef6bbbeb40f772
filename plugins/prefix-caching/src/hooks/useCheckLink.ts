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

import { useCallback, useMemo } from 'react';
import { useLocation } from 'react-router-dom';

/** A check that the address names: `#check=<id>&target=<targetId>`. */
export interface LinkedCheck {
  check: string;
  targetId?: string;
  /** Differs for each visit, so that the same link works twice. */
  visit: string;
}

/** Writes addresses of checks on this page. */
export function useCheckLink(): (check: string, targetId?: string) => string {
  const { pathname, search } = useLocation();
  return useCallback(
    (check, targetId) => {
      const hash = new URLSearchParams({
        check,
        ...(targetId !== undefined && { target: targetId }),
      });
      return `${pathname}${search}#${hash}`;
    },
    [pathname, search],
  );
}

/** The check that this page's address names, if any. */
export function useLinkedCheck(): LinkedCheck | undefined {
  const { hash, key } = useLocation();
  return useMemo(() => {
    const parameters = new URLSearchParams(hash.slice(1));
    const check = parameters.get('check');
    return check === null
      ? undefined
      : {
          check,
          targetId: parameters.get('target') ?? undefined,
          visit: key,
        };
  }, [hash, key]);
}
