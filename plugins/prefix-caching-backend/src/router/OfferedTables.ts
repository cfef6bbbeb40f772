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

import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  offeredTables,
  type RenderTables,
} from 'backstage-plugin-prefix-caching-common/core';
import type { Request } from 'express';

export interface OfferedTablesOptions {
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  /** All rows, and the platforms, which are not restricted. */
  tables: RenderTables;
}

/** The accelerators and models that the one who asks may use. */
export class OfferedTables {
  readonly #options: OfferedTablesOptions;

  static create(options: OfferedTablesOptions) {
    return new OfferedTables(options);
  }

  private constructor(options: OfferedTablesOptions) {
    this.#options = options;
  }

  /**
   * A restricted row is for those who are, or belong to, one of its entities: a
   * user's own ref and those of the groups the user's token says. Other plugins
   * and services are trusted with every row that is offered at all; a task of
   * the scaffolder asks for the user who started it.
   *
   * @throws AuthenticationError for a request without credentials.
   */
  async read(
    // Handlers are typed by the OpenAPI document; only the headers matter here.
    request: Pick<Request, 'headers'>,
  ): Promise<RenderTables> {
    const { httpAuth, userInfo, tables } = this.#options;
    const credentials = await httpAuth.credentials(request as Request, {
      allow: ['user', 'service'],
    });
    if (!isUser(credentials)) {
      return { ...tables, ...offeredTables(tables) };
    }
    const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
      credentials,
    );
    const refs = [userEntityRef, ...ownershipEntityRefs];
    return { ...tables, ...offeredTables(tables, refs) };
  }
}

function isUser(
  credentials: BackstageCredentials,
): credentials is BackstageCredentials<BackstageUserPrincipal> {
  return (credentials.principal as { type: string }).type === 'user';
}
