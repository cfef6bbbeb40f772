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

import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type {
  Accelerator,
  DeploymentPlan,
  Expectations,
  FitAssessment,
  FitRequest,
  KubernetesObject,
  ModelFacts,
  RenderedFile,
  Verification,
} from 'prefix-caching-core';
import type { ClusterReport } from './clusters';
import type { FleetPage, FleetQuery, UnclaimedReport } from './fleet';
import type { CheckHistory, WaiveRequest } from './history';
import type { ProbeReport, RunProbeRequest } from './probe';
import { readJsonLines } from './jsonLines';
import type { RouterLogEvent, RouterLogReport } from './routerLog';
import type { SeriesQuery, SeriesReport } from './series';
import type { EntityReport, RunVerificationRequest } from './types';
import type { WhatIfReport, WhatIfRequest } from './whatIf';

/** What the client needs of Backstage's discovery and fetch APIs, front end or back end. @public */
export interface PrefixCachingClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/** @public */
export interface RequestOptions {
  token?: string;
  signal?: AbortSignal;
}

/** The plugin's HTTP API, typed. @public */
export interface PrefixCachingApi {
  getEntity(
    ref: CompoundEntityRef,
    options?: RequestOptions,
  ): Promise<EntityReport>;
  runVerification(
    ref: CompoundEntityRef,
    request?: RunVerificationRequest,
    options?: RequestOptions,
  ): Promise<EntityReport>;
  getCheckHistory(
    ref: CompoundEntityRef,
    query: { targetId: string; check: string; limit?: number },
    options?: RequestOptions,
  ): Promise<CheckHistory>;
  getSeries(
    ref: CompoundEntityRef,
    query: SeriesQuery,
    options?: RequestOptions,
  ): Promise<SeriesReport>;
  getRouterLog(
    ref: CompoundEntityRef,
    query: { targetId: string; lines?: number },
    options?: RequestOptions,
  ): Promise<RouterLogReport>;
  /** Tells of the last lines and of those to come; resolves when there are no more. */
  followRouterLog(
    ref: CompoundEntityRef,
    query: { targetId: string; lines?: number },
    onEvent: (event: RouterLogEvent) => void,
    options?: RequestOptions,
  ): Promise<void>;
  getProbes(
    ref: CompoundEntityRef,
    query: { targetId: string },
    options?: RequestOptions,
  ): Promise<ProbeReport>;
  /** Sends real requests, and answers when they are through. */
  runProbe(
    ref: CompoundEntityRef,
    request: RunProbeRequest,
    options?: RequestOptions,
  ): Promise<ProbeReport>;
  whatIf(
    ref: CompoundEntityRef,
    request: WhatIfRequest,
    options?: RequestOptions,
  ): Promise<WhatIfReport>;
  /** Accepts a finding for a time; a waiver of the same check is replaced. */
  waive(
    ref: CompoundEntityRef,
    request: WaiveRequest,
    options?: RequestOptions,
  ): Promise<EntityReport>;
  unwaive(
    ref: CompoundEntityRef,
    request: { targetId: string; check: string },
    options?: RequestOptions,
  ): Promise<EntityReport>;
  getFleet(query?: FleetQuery, options?: RequestOptions): Promise<FleetPage>;
  getUnclaimed(options?: RequestOptions): Promise<UnclaimedReport>;
  getClusters(options?: RequestOptions): Promise<ClusterReport[]>;
  /** The clusters that a target may be on, by the portal's names. */
  getClusterNames(options?: RequestOptions): Promise<string[]>;
  getAccelerators(options?: RequestOptions): Promise<Accelerator[]>;
  getModels(options?: RequestOptions): Promise<ModelFacts[]>;
  assessFit(
    request: FitRequest,
    options?: RequestOptions,
  ): Promise<FitAssessment>;
  render(
    plan: DeploymentPlan,
    options?: RequestOptions,
  ): Promise<RenderedFile[]>;
  verify(
    request: VerifyManifestsRequest,
    options?: RequestOptions,
  ): Promise<Verification[]>;
}

/** Files hold YAML; objects are already parsed. One of the two. @public */
export interface VerifyManifestsRequest {
  files?: { path: string; content: string }[];
  objects?: KubernetesObject[];
  expectations?: Expectations;
}

/**
 * Talks to the back end.
 *
 * Every method throws a `ResponseError` that carries the back end's sentence
 * when the answer is not 2xx.
 *
 * @public
 */
export class PrefixCachingClient implements PrefixCachingApi {
  readonly #options: PrefixCachingClientOptions;

  constructor(options: PrefixCachingClientOptions) {
    this.#options = options;
  }

  async getEntity(ref: CompoundEntityRef, options?: RequestOptions) {
    return this.#request<EntityReport>(entityPath(ref), undefined, options);
  }

  async runVerification(
    ref: CompoundEntityRef,
    request: RunVerificationRequest = {},
    options?: RequestOptions,
  ) {
    return this.#request<EntityReport>(
      `${entityPath(ref)}/verifications`,
      request,
      options,
    );
  }

  async getCheckHistory(
    ref: CompoundEntityRef,
    query: { targetId: string; check: string; limit?: number },
    options?: RequestOptions,
  ) {
    const { check, ...rest } = query;
    return this.#request<CheckHistory>(
      `${entityPath(ref)}/checks/${encodeURIComponent(check)}/history${search(
        rest,
      )}`,
      undefined,
      options,
    );
  }

  async getSeries(
    ref: CompoundEntityRef,
    query: SeriesQuery,
    options?: RequestOptions,
  ) {
    return this.#request<SeriesReport>(
      `${entityPath(ref)}/series${search(query)}`,
      undefined,
      options,
    );
  }

  async getRouterLog(
    ref: CompoundEntityRef,
    query: { targetId: string; lines?: number },
    options?: RequestOptions,
  ) {
    return this.#request<RouterLogReport>(
      `${entityPath(ref)}/router-log${search(query)}`,
      undefined,
      options,
    );
  }

  async followRouterLog(
    ref: CompoundEntityRef,
    query: { targetId: string; lines?: number },
    onEvent: (event: RouterLogEvent) => void,
    options?: RequestOptions,
  ) {
    const response = await this.#fetch(
      `${entityPath(ref)}/router-log${search({ ...query, follow: true })}`,
      undefined,
      options,
    );
    await readJsonLines(response, onEvent);
  }

  async getProbes(
    ref: CompoundEntityRef,
    query: { targetId: string },
    options?: RequestOptions,
  ) {
    return this.#request<ProbeReport>(
      `${entityPath(ref)}/probes${search(query)}`,
      undefined,
      options,
    );
  }

  async runProbe(
    ref: CompoundEntityRef,
    request: RunProbeRequest,
    options?: RequestOptions,
  ) {
    return this.#request<ProbeReport>(
      `${entityPath(ref)}/probes`,
      request,
      options,
    );
  }

  async whatIf(
    ref: CompoundEntityRef,
    request: WhatIfRequest,
    options?: RequestOptions,
  ) {
    return this.#request<WhatIfReport>(
      `${entityPath(ref)}/what-if`,
      request,
      options,
    );
  }

  async waive(
    ref: CompoundEntityRef,
    request: WaiveRequest,
    options?: RequestOptions,
  ) {
    return this.#request<EntityReport>(
      `${entityPath(ref)}/waivers`,
      request,
      options,
    );
  }

  async unwaive(
    ref: CompoundEntityRef,
    request: { targetId: string; check: string },
    options?: RequestOptions,
  ) {
    return this.#request<EntityReport>(
      `${entityPath(ref)}/waivers/withdrawals`,
      request,
      options,
    );
  }

  async getFleet(query: FleetQuery = {}, options?: RequestOptions) {
    return this.#request<FleetPage>(
      `/fleet${search(query)}`,
      undefined,
      options,
    );
  }

  async getUnclaimed(options?: RequestOptions) {
    return this.#request<UnclaimedReport>('/unclaimed', undefined, options);
  }

  async getClusters(options?: RequestOptions) {
    const { items } = await this.#request<{ items: ClusterReport[] }>(
      '/clusters',
      undefined,
      options,
    );
    return items;
  }

  async getClusterNames(options?: RequestOptions) {
    const { items } = await this.#request<{ items: string[] }>(
      '/cluster-names',
      undefined,
      options,
    );
    return items;
  }

  async getAccelerators(options?: RequestOptions) {
    const { items } = await this.#request<{ items: Accelerator[] }>(
      '/accelerators',
      undefined,
      options,
    );
    return items;
  }

  async getModels(options?: RequestOptions) {
    const { items } = await this.#request<{ items: ModelFacts[] }>(
      '/models',
      undefined,
      options,
    );
    return items;
  }

  async assessFit(request: FitRequest, options?: RequestOptions) {
    return this.#request<FitAssessment>('/fit', request, options);
  }

  async render(plan: DeploymentPlan, options?: RequestOptions) {
    const { files } = await this.#request<{ files: RenderedFile[] }>(
      '/render',
      plan,
      options,
    );
    return files;
  }

  async verify(request: VerifyManifestsRequest, options?: RequestOptions) {
    const { verifications } = await this.#request<{
      verifications: Verification[];
    }>('/verify', request, options);
    return verifications;
  }

  async #request<T>(
    path: string,
    body: unknown,
    options?: RequestOptions,
  ): Promise<T> {
    const response = await this.#fetch(path, body, options);
    return response.json();
  }

  /** GET without a body, POST with one. */
  async #fetch(
    path: string,
    body: unknown,
    options: RequestOptions = {},
  ): Promise<Response> {
    const baseUrl = await this.#options.discoveryApi.getBaseUrl(
      'prefix-caching',
    );
    const response = await this.#options.fetchApi.fetch(`${baseUrl}${path}`, {
      signal: options.signal,
      headers: {
        ...(options.token && { Authorization: `Bearer ${options.token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function entityPath(ref: CompoundEntityRef): string {
  return `/entities/${[ref.kind, ref.namespace, ref.name]
    .map(encodeURIComponent)
    .join('/')}`;
}

/** `?a=1&b=x&b=y`; what is undefined is left out, and so is an empty query. */
function search(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) {
        parameters.append(name, String(each));
      }
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
