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

/**
 * The texts of the prefix-caching plugin, to translate or to reword.
 *
 * @packageDocumentation
 */
import type { TranslationRef } from '@backstage/frontend-plugin-api';
import { prefixCachingTranslationRef as typedRef } from './prefixCachingTranslationRef';

/**
 * Every text the plugin shows, in English.
 *
 * Give an app other words with `createTranslationResource` or
 * `createTranslationMessages` and this reference. Its keys are those of
 * `messages.ts`; the type leaves them out, because the compiler lists them in
 * another order each time and no report of the API could hold.
 *
 * @public
 */
export const prefixCachingTranslationRef: TranslationRef<'plugin.prefix-caching'> =
  typedRef;
