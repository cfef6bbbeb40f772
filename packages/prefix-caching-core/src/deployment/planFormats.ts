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

/** A form a text must have, in the words of a message. */
export interface Format {
  pattern: RegExp;
  longest: number;
  expected: string;
  /** What templates would execute, where it is less than usual. */
  marks?: readonly string[];
}

/** Kubernetes' label, RFC 1123. */
export const LABEL: Format = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  expected:
    'at most 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit (RFC 1123)',
};

/** What a Kubernetes Service may be called: KServe makes one of each name. */
export const SERVICE_NAME: Format = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  expected:
    'at most 63 lower-case letters, digits and hyphens, beginning with a letter and ending with a letter or digit',
};

/** Kubernetes' DNS subdomain, RFC 1123. */
export const SUBDOMAIN: Format = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  expected:
    'a DNS name of at most 253 lower-case letters, digits, hyphens and dots',
};

/** An entity reference: `[kind:][namespace/]name`. */
export const ENTITY_REF: Format = {
  pattern:
    /^([A-Za-z][A-Za-z0-9-]*:)?([a-z0-9][-a-z0-9]*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  longest: 190,
  expected: 'an entity reference such as group:default/team-a',
};

/** A single word the catalog or a cluster list uses. */
export const WORD: Format = {
  pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.:/@]*[A-Za-z0-9])?$/,
  longest: 253,
  expected: 'one word of letters, digits and - _ . : / @',
};

/** What clients call the model; it becomes part of a shell command, a path and a header. */
export const MODEL_NAME: Format = {
  pattern:
    /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?(\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)*$/,
  longest: 200,
  expected:
    'letters, digits and - _ . in parts that are separated by /, such as Qwen/Qwen2.5-3B-Instruct',
};

/** Where KServe can fetch a model from. */
export const MODEL_URI: Format = {
  pattern:
    /^(hf|oci|pvc|s3):\/\/[A-Za-z0-9][-A-Za-z0-9_.]*([/:@][-A-Za-z0-9_][-A-Za-z0-9_.]*)*\/?$/,
  longest: 500,
  expected:
    'an address that begins with hf://, oci://, pvc:// or s3://, such as hf://Qwen/Qwen2.5-3B-Instruct',
};

export const DTYPE: Format = {
  pattern: /^(auto|half|float16|bfloat16|float|float32)$/,
  longest: 10,
  expected: 'auto, half, float16, bfloat16, float or float32',
};

export const TOPOLOGY: Format = {
  pattern: /^\d{1,3}(x\d{1,3}){1,2}$/,
  longest: 11,
  expected: 'a topology such as 2x2',
};

export const REPOSITORY_URL: Format = {
  pattern:
    /^(https:\/\/|ssh:\/\/git@|git@)[A-Za-z0-9][-A-Za-z0-9.]*(:\d+)?[/:][-A-Za-z0-9_./~]+$/,
  longest: 500,
  expected:
    'the address of a git repository without credentials, such as https://gitlab.example.com/team/models.git',
};

/** A folder inside a repository: relative, and never upwards. */
export const FOLDER: Format = {
  pattern:
    /^(?!\.{1,2}(\/|$))[A-Za-z0-9_.][-A-Za-z0-9_.]*(\/(?!\.{1,2}(\/|$))[A-Za-z0-9_.][-A-Za-z0-9_.]*)*$|^\.$/,
  longest: 255,
  expected:
    'a relative folder inside the repository, such as deploy, without ..',
};

export const VERSION: Format = {
  pattern: /^v?\d+\.\d+(\.\d+)?(-[A-Za-z0-9.]+)?$/,
  longest: 40,
  expected: 'a release such as 1.29.2',
};

/**
 * One further argument of the engine. Closing braces alone are JSON's, and no
 * template reads them.
 */
export const ARGUMENT: Format = {
  pattern: /^--[a-z][a-z0-9]*([-.][a-z0-9]+)*(=[^\p{Cc}\u2028\u2029]*)?$/u,
  longest: 2000,
  expected:
    'one argument such as --name or --name=value, without control characters',
  marks: ['${{', '{{'],
};

/** One line of prose, or several. */
export const PROSE: Format = {
  pattern: /^(?:[^\p{Cc}]|\n)*$/u,
  longest: 2000,
  expected: 'at most 2000 characters of text without control characters',
};
