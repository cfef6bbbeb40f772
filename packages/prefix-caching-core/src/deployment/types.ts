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

import type { NodePlatform } from '../accelerators';
import type { KubernetesObject } from '../kubernetes';
import type { DeploymentTables } from '../models';
import type { PlatformChoice, PlatformProfile } from '../platforms';

/**
 * One accelerator of a plan, which becomes one LLMInferenceService; what is left out comes from the tables.
 *
 * @public
 */
export interface PlannedAccelerator {
  /** Accelerator id. */
  id: string;
  /** Name of the LLMInferenceService; `<name>-<class>-svc` without it. */
  service?: string;
  /** Units of the resource per replica. */
  devices?: number;
  topology?: string;
  tensorParallel?: number;
  dtype?: string;
  maxModelLen?: number;
  gpuMemoryUtilization?: number;
  maxNumSeqs?: number;
  /** Further engine arguments, each `--name` or `--name=value`, as the engine is to get them. */
  args?: string[];
}

/** What keeps the services of a plan from sharing a picker. @public */
export type Isolation = 'auto' | 'hostname' | 'gateway';

/**
 * What a user chose. A plan says nothing about how a platform wants it
 * written: that is the profile's.
 *
 * @public
 */
export interface DeploymentPlan {
  name: string;
  namespace: string;
  /** Entity ref of the owner. */
  owner: string;
  system?: string;
  lifecycle?: string;
  cluster?: string;
  dataClass?: string;
  tenancy?: string;
  model: {
    /** Of the model table. */
    id?: string;
    /** `hf://`, `oci://`, `pvc://` or `s3://`. */
    uri?: string;
    /** The name clients ask for. */
    name?: string;
    /** Secret with key HF_TOKEN, for a gated model. */
    tokenSecret?: string;
    serviceAccount?: string;
    /**
     * For a model that is in no table: the fields of its `config.json`, with the
     * size of its weights or the number of its parameters. With them its fit is told.
     */
    config?: Record<string, unknown>;
    /** Sum of the safetensors files, GiB. */
    weightsGib?: number;
    parameters?: number;
  };
  imagePullSecrets?: string[];
  platform: PlatformChoice;
  nodePlatform?: NodePlatform;
  gateway?: { namespace: string; name: string; domain?: string };
  /**
   * What keeps services from sharing a picker. `auto`, which is also meant
   * without it: what the platform's Istio needs on one gateway, a host of its
   * own for each service or rule names of its own. `hostname`: a host each in
   * any case. `gateway`: a Gateway each, in the plan's namespace.
   */
  isolation?: Isolation;
  argoCd?: { repoUrl: string; path: string };
  accelerators: PlannedAccelerator[];
  replicas: number;
  networkPolicies?: boolean;
  /** PodMonitor, ServiceMonitor and the account that reads metrics. */
  monitoring?: boolean;
  /** The reference document's EnvoyFilter; for its own platform only, and not needed. */
  envoyFilter?: boolean;
  /** Environments: with them the files are a base and one overlay for each. */
  overlays?: string[];
  scorers?: { type: string; weight: number }[];
  description?: string;
  entityNamespace?: string;
}

/**
 * The rows a plan's ids are looked up in, with platforms that other teams add.
 *
 * @public
 */
export interface RenderTables extends DeploymentTables {
  /** All there are, the shipped ones among them; those alone without it. */
  platforms?: readonly PlatformProfile[];
}

/** One file of a deployment. @public */
export interface RenderedFile {
  /** Relative, with forward slashes, without `..`. */
  path: string;
  content: string;
  /** The Kubernetes or catalog objects in it; empty for prose. */
  objects: KubernetesObject[];
}
