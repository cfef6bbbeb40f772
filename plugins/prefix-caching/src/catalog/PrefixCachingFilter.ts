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

import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { EntityFilter } from '@backstage/plugin-catalog-react';
import { LLM_INFERENCE_SERVICES_ANNOTATION } from 'backstage-plugin-prefix-caching-common';

/** Leaves the entities of the catalog that claim an LLMInferenceService. */
export class PrefixCachingFilter implements EntityFilter {
  getCatalogFilters() {
    return {
      [`metadata.annotations.${LLM_INFERENCE_SERVICES_ANNOTATION}`]:
        CATALOG_FILTER_EXISTS,
    };
  }

  toQueryValue() {
    return 'true';
  }
}
