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
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  verificationReadPermission,
  verificationRunPermission,
} from 'backstage-plugin-prefix-caching-common';
import type { Request } from 'express';

export interface EntityAccessOptions {
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}

export interface EntityParams {
  kind: string;
  namespace: string;
  name: string;
}

/** An entity, read as the one who asks. */
export interface AccessedEntity {
  entity: Entity;
  entityRef: string;
  credentials: BackstageCredentials;
}

/** Decides what the one who asks may see and do. */
export class EntityAccess {
  readonly #options: EntityAccessOptions;

  static create(options: EntityAccessOptions) {
    return new EntityAccess(options);
  }

  private constructor(options: EntityAccessOptions) {
    this.#options = options;
  }

  /**
   * The entity, read from the catalog as the asking user before anything else.
   *
   * @throws NotAllowedError without the permission to see verifications.
   * @throws NotFoundError for an entity that is not there, or not for this user.
   */
  async read(
    // Handlers are typed by the OpenAPI document; only the headers matter here.
    request: Pick<Request, 'headers'>,
    params: EntityParams,
  ): Promise<AccessedEntity> {
    const { catalog, httpAuth, permissions } = this.#options;
    const credentials = await httpAuth.credentials(request as Request, {
      allow: ['user', 'service'],
    });
    const [decision] = await permissions.authorize(
      [{ permission: verificationReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see verifications: ask for the permission ${verificationReadPermission.name}`,
      );
    }
    const ref = {
      kind: params.kind,
      namespace: params.namespace,
      name: params.name,
    };
    const entity = await catalog.getEntityByRef(ref, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `There is no entity ${stringifyEntityRef(
          ref,
        )} that you may see. Check its name, or ask its owner for access.`,
      );
    }
    return { entity, entityRef: stringifyEntityRef(entity), credentials };
  }

  /** Whether the one who asks may have this entity's targets verified now. */
  async mayRun(accessed: AccessedEntity): Promise<boolean> {
    const [decision] = await this.#options.permissions.authorize(
      [
        {
          permission: verificationRunPermission,
          resourceRef: accessed.entityRef,
        },
      ],
      { credentials: accessed.credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }
}
