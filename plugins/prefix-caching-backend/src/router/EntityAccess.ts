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
import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  probeRunPermission,
  routerLogReadPermission,
  verificationReadPermission,
  verificationRunPermission,
  waiverCreatePermission,
  type EntityReport,
} from 'backstage-plugin-prefix-caching-common';
import type { Request } from 'express';

export interface EntityAccessOptions {
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  /** Whether any service can be probed at all. */
  offersProbes?: boolean;
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
    const { httpAuth } = this.#options;
    const credentials = await httpAuth.credentials(request as Request, {
      allow: ['user', 'service'],
    });
    return this.readAs(credentials, params);
  }

  /**
   * The same for one whose credentials are known, as in an action.
   *
   * @throws InputError for a text that is no entity ref.
   */
  async readAs(
    credentials: BackstageCredentials,
    entity: EntityParams | string,
  ): Promise<AccessedEntity> {
    const { catalog } = this.#options;
    await this.requireBasic(
      credentials,
      verificationReadPermission,
      'see verifications',
    );
    const ref = refOf(entity);
    const found = await catalog.getEntityByRef(ref, { credentials });
    if (!found) {
      throw new NotFoundError(
        `There is no entity ${stringifyEntityRef(
          ref,
        )} that you may see. Check its name, or ask its owner for access.`,
      );
    }
    return {
      entity: found,
      entityRef: stringifyEntityRef(found),
      credentials,
    };
  }

  /**
   * For what is about no entity.
   *
   * @param doing - such as `see verifications`, for the message
   * @throws NotAllowedError that names the permission to ask for.
   */
  async requireBasic(
    credentials: BackstageCredentials,
    permission: BasicPermission,
    doing: string,
  ): Promise<void> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not ${doing}: ask for the permission ${permission.name}`,
      );
    }
  }

  /** Whether the one who asks may do something with this entity. */
  async may(
    accessed: AccessedEntity,
    permission: ResourcePermission,
  ): Promise<boolean> {
    const [allowed] = await this.#mayEach(accessed, [permission]);
    return allowed;
  }

  /**
   * @param doing - such as `verify`, for the message
   * @throws NotAllowedError that names the permission to ask for.
   */
  async require(
    accessed: AccessedEntity,
    permission: ResourcePermission,
    doing: string,
  ): Promise<void> {
    if (!(await this.may(accessed, permission))) {
      throw new NotAllowedError(
        `You may not ${doing} ${accessed.entityRef}: ask for the permission ${permission.name}`,
      );
    }
  }

  /** All that the one who asks may do with this entity. */
  async permissionsOf(
    accessed: AccessedEntity,
  ): Promise<EntityReport['permissions']> {
    const [run, waive, routerLog, probe] = await this.#mayEach(accessed, [
      verificationRunPermission,
      waiverCreatePermission,
      routerLogReadPermission,
      probeRunPermission,
    ]);
    // Without a gateway there is nothing to offer, to nobody.
    const { offersProbes } = this.#options;
    return { run, waive, routerLog, ...(offersProbes && { probe }) };
  }

  async #mayEach(
    { entityRef, credentials }: AccessedEntity,
    permissions: readonly ResourcePermission[],
  ): Promise<boolean[]> {
    const decisions = await this.#options.permissions.authorize(
      permissions.map(permission => ({ permission, resourceRef: entityRef })),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }
}

function refOf(entity: EntityParams | string): CompoundEntityRef {
  if (typeof entity !== 'string') {
    const { kind, namespace, name } = entity;
    return { kind, namespace, name };
  }
  try {
    return parseEntityRef(entity, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
  } catch (error) {
    throw new InputError(
      `'${entity}' is no entity ref; expected one such as component:default/qwen-3b-chat`,
      error,
    );
  }
}
