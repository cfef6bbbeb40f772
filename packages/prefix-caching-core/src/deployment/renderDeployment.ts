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

import { DEFAULT_TABLES } from '../models';
import { withoutEmptyFields } from './emptyFields';
import { PlanError } from './planError';
import { renderArgoApplications } from './renderArgoApplication';
import { renderCatalogInfo } from './renderCatalogInfo';
import {
  needsDestinationRules,
  renderDestinationRules,
} from './renderDestinationRules';
import { renderEnvoyFilter } from './renderEnvoyFilter';
import { withKustomization } from './renderKustomization';
import { renderGateways } from './renderGateways';
import { renderMonitoring } from './renderMonitoring';
import { renderNetworkPolicies } from './renderNetworkPolicies';
import { renderReadme } from './renderReadme';
import { renderService } from './renderService';
import { renderServiceAccount } from './renderServiceAccount';
import { resolvePlan } from './resolvePlan';
import type { ResolvedPlan } from './resolvedPlan';
import type { DeploymentPlan, RenderTables, RenderedFile } from './types';
import { validatePlan } from './validatePlan';

/** What `kubectl apply -k` applies, without the kustomization. */
function clusterFiles(resolved: ResolvedPlan): RenderedFile[] {
  const { plan, profile, services, serviceAccount } = resolved;
  const { tokenSecret } = plan.model;
  return [
    ...services.map(service => renderService(resolved, service)),
    ...(resolved.ownGateways ? [renderGateways(resolved)] : []),
    ...(needsDestinationRules(profile)
      ? [renderDestinationRules(resolved)]
      : []),
    ...(plan.networkPolicies ? [renderNetworkPolicies(resolved)] : []),
    ...(plan.monitoring ? [renderMonitoring(resolved)] : []),
    ...(plan.envoyFilter ? [renderEnvoyFilter(resolved)] : []),
    // An account the plan names is somebody's already; it is not overwritten.
    ...(tokenSecret && serviceAccount && !plan.model.serviceAccount
      ? [renderServiceAccount(serviceAccount, plan.namespace, tokenSecret)]
      : []),
  ];
}

/** The files of a plan whose defaults are filled in. */
export function renderResolved(resolved: ResolvedPlan): RenderedFile[] {
  const { argoCd, overlays } = resolved.plan;
  return [
    renderCatalogInfo(resolved),
    renderReadme(resolved),
    ...withKustomization(clusterFiles(resolved), overlays),
    ...(argoCd ? renderArgoApplications(resolved, argoCd) : []),
  ];
}

/**
 * The files of a deployment: one LLMInferenceService per accelerator, what
 * keeps them apart on a shared gateway, and what the portal reads.
 *
 * The same plan gives the same bytes. Nothing is written here. Ids are looked
 * up in `tables`, as shipped unless given.
 *
 * @throws PlanError naming each field that cannot be used.
 * @public
 */
export function renderDeployment(
  plan: DeploymentPlan,
  tables: RenderTables = DEFAULT_TABLES,
): RenderedFile[] {
  const problems = validatePlan(plan, tables);
  if (problems.length > 0) {
    throw new PlanError(problems);
  }
  return renderResolved(resolvePlan(withoutEmptyFields(plan), tables));
}
