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
import type { FitAssessment, FitRequest } from 'prefix-caching-core';
import { useEffect, useReducer, useRef } from 'react';
import { prefixCachingApiRef } from '../../api';

/** How long a length may be typed before the back end is asked, milliseconds. */
const PAUSE_MS = 300;

/** The answer to one question: none yet, an assessment, or why there is none. */
export interface FitAnswer {
  fit?: FitAssessment;
  error?: Error;
}

/**
 * Asks the back end about each row, once per question, and not while someone
 * is typing. Answers are kept, so that going back to a value shows it at once.
 */
export function useFits(
  requests: readonly FitRequest[],
): (request: FitRequest | undefined) => FitAnswer | undefined {
  const api = useApi(prefixCachingApiRef);
  const mounted = useRef(true);
  const answers = useRef(new Map<string, FitAnswer>());
  const [, show] = useReducer((count: number) => count + 1, 0);
  const questions = JSON.stringify(requests);

  useEffect(() => {
    const ask = async (request: FitRequest) => {
      const question = JSON.stringify(request);
      if (answers.current.has(question)) {
        return;
      }
      answers.current.set(question, {});
      const answer = await api.assessFit(request).then(
        fit => ({ fit }),
        error => ({ error }),
      );
      answers.current.set(question, answer);
      if (mounted.current) {
        show();
      }
    };
    const timer = setTimeout(() => {
      for (const request of JSON.parse(questions) as FitRequest[]) {
        ask(request);
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [api, questions]);

  // An answer that comes after its question has changed is of use to a later one.
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  return request => request && answers.current.get(JSON.stringify(request));
}
