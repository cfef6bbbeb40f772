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

import { InputError, isError, ResponseError } from '@backstage/errors';

/** A call of the back end, as a sentence names it. */
export interface BackEndCall {
  /** `/render` */
  path: string;
  /** `render the plan` */
  purpose: string;
}

/**
 * Turns a failed call of the back end into the sentence the task ends with.
 *
 * A plan that was refused keeps the back end's message as it is, for it begins
 * with the path of the field at fault.
 */
export function explainFailure(error: unknown, call: BackEndCall): Error {
  if (error instanceof ResponseError) {
    const message = error.body.error.message;
    if (error.statusCode === 400) {
      return new InputError(message);
    }
    if (error.statusCode === 404) {
      return new Error(
        `The prefix-caching back end did not answer at ${call.path} (404). Add backstage-plugin-prefix-caching-backend to the portal’s back end, in a version that fits this action.`,
        { cause: error },
      );
    }
    return new Error(
      `The prefix-caching back end could not ${call.purpose} (${error.statusCode}): ${message}`,
      { cause: error },
    );
  }
  if (isError(error) && error.name === 'AbortError') {
    return error;
  }
  const reason = isError(error) ? readReason(error) : String(error);
  return new Error(
    `The prefix-caching back end could not be reached: ${reason}. Nothing was written; check that the plugin is installed and start the task again.`,
    { cause: error },
  );
}

/** Node's fetch says `fetch failed` and keeps why in its cause. */
function readReason(error: Error): string {
  return isError(error.cause) ? error.cause.message : error.message;
}
