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

/**
 * HTTP types, client, permissions and annotations of the prefix-caching plugin.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './client';
export * from './clusters';
export * from './fleet';
export * from './history';
export * from './permissions';
export * from './probe';
export * from './routerLog';
export * from './series';
export * from './types';
export * from './whatIf';
