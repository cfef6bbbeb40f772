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
import type { RenderedFile, Verification } from 'prefix-caching-core';
import useAsync from 'react-use/lib/useAsync';
import { prefixCachingApiRef } from '../../api';
import { planOfForm } from './planOfForm';
import type { FormValues } from './planOfForm';

/** The files of a plan, and what the static checks say of them. */
export interface Preview {
  files?: RenderedFile[];
  /** Why the plan cannot be rendered. */
  error?: Error;
  verifications?: Verification[];
  /** Why the files could not be checked. */
  checkError?: Error;
}

/** Asks the back end for both, as the template's steps will; neither writes anything. */
export function usePreview(form: FormValues): Preview {
  const api = useApi(prefixCachingApiRef);
  const plan = JSON.stringify(planOfForm(form));
  const { value: files, error } = useAsync(
    () => api.render(JSON.parse(plan)),
    [api, plan],
  );
  const { name, lifecycle, dataClass, tenancy, istio } = form;
  const { value: verifications, error: checkError } = useAsync(
    async () =>
      files &&
      api.verify({
        objects: files
          .filter(({ path }) => /(^|\/)deploy\//.test(path))
          .flatMap(({ objects }) => objects),
        expectations: {
          entityRef: `component:default/${name}`,
          lifecycle,
          dataClass,
          tenancy,
          istio,
        },
      }),
    [api, files, name, lifecycle, dataClass, tenancy, istio],
  );
  return { files, error, verifications, checkError };
}
