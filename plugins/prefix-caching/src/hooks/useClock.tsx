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

import { createContext, useContext, useEffect, useReducer } from 'react';
import type { ReactNode } from 'react';

const TICK_MILLISECONDS = 10_000;

const OffsetContext = createContext(0);

/** Lets every age below it be reckoned by the back end's clock, not the browser's. */
export function ClockProvider(props: {
  /** The back end's time when it answered, ISO 8601. */
  generatedAt: string;
  /** This browser's time when the answer came. */
  receivedAt: number;
  children: ReactNode;
}) {
  const offset = Date.parse(props.generatedAt) - props.receivedAt;
  return (
    <OffsetContext.Provider value={offset}>
      {props.children}
    </OffsetContext.Provider>
  );
}

/** The back end's time; moves on by itself every ten seconds. */
export function useClock(): number {
  const offset = useContext(OffsetContext);
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  return Date.now() + offset;
}
