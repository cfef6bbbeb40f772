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

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { scaffolderTemplatingExtensionPoint } from '@backstage/plugin-scaffolder-node/alpha';
import {
  createRenderAction,
  createVerifyAction,
  createVerifyManifestsAction,
} from './actions';
import { createScmIntegrationTypeFilter } from './filters';

/**
 * Adds `prefix-caching:render`, `prefix-caching:verify-manifests`,
 * `prefix-caching:verify` and the `scmIntegrationType` filter to the scaffolder.
 *
 * @public
 */
export const scaffolderModulePrefixCaching = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'prefix-caching',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        templating: scaffolderTemplatingExtensionPoint,
      },
      async init({ actions, auth, config, discovery, templating }) {
        const integrations = ScmIntegrations.fromConfig(config);
        actions.addActions(
          createRenderAction({ auth, discovery, integrations }),
          createVerifyManifestsAction({ auth, discovery }),
          createVerifyAction({ auth, discovery }),
        );
        templating.addTemplateFilters([
          createScmIntegrationTypeFilter(integrations),
        ]);
      },
    });
  },
});
