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

import { DOCUMENT_COMPONENTS } from 'prefix-caching-core/verdicts';
import type { Component } from 'prefix-caching-core';
import { useMessages } from '../../hooks/useMessages';

/** A component as the reference document's summary names it. */
export interface ComponentWords {
  title: string;
  /** Required or optional in that summary. */
  requirement: string;
  /** What the document claims of it, and what decides instead. */
  details: string;
}

/** Names a component, and says whether the document requires it. */
export function useComponentWords(): (component: Component) => ComponentWords {
  const { t } = useMessages();
  return component => {
    const known = DOCUMENT_COMPONENTS.find(row => row.component === component);
    // KServe's own status is none of the document's components.
    return known === undefined
      ? {
          title: t(`component.${component}`),
          requirement: t('requirement.advice'),
          details: t('checks.statusDetails'),
        }
      : {
          title: known.title,
          requirement: t(`requirement.${known.requirement}`),
          details: [
            t('checks.claimed', { claim: known.claimed }),
            known.correction,
          ]
            .filter(Boolean)
            .join(' '),
        };
  };
}
