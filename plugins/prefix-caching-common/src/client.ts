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
import type { EntityReport, RunVerificationRequest } from './types';

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

  /** GET without a body, POST with one. */
  async #request<T>(
    path: string,
    body: unknown,
    options: RequestOptions = {},
  ): Promise<T> {
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
    return response.json();
  }
}

function entityPath(ref: CompoundEntityRef): string {
  return `/entities/${[ref.kind, ref.namespace, ref.name]
    .map(encodeURIComponent)
    .join('/')}`;
}
