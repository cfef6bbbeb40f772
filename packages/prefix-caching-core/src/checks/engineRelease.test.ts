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

import { imageVersion } from './engineBlocks';
import { engineRelease } from './engineRelease';

const ofDigest = '@sha256:0a1b2c3d';

describe('the release of an engine, as its image tells it', () => {
  it.each([
    ['a tag with v', 'docker.io/vllm/vllm-openai:v0.30.0', '0.30.0', true],
    ['a tag without v', 'vllm/vllm-openai:0.11.2', '0.11.2', true],
    ['numbers of two digits', 'vllm/vllm-openai:v10.12.13', '10.12.13', true],
    ['a tag without a patch', 'vllm/vllm-tpu:v0.12', '0.12', true],
    ['a tag with a suffix', 'vllm/vllm-openai:v0.13.0-cu130', '0.13.0', true],
    [
      'the very release that turned it on',
      'vllm/vllm-openai:v0.9.0',
      '0.9.0',
      true,
    ],
    ['the release before', 'vllm/vllm-openai:v0.8.5', '0.8.5', false],
    [
      'a digest after the tag',
      `vllm/vllm-openai:v0.30.0${ofDigest}`,
      '0.30.0',
      true,
    ],
    [
      'a registry with a port',
      'registry.acme.example:5000/vllm/vllm-openai:v0.30.0',
      '0.30.0',
      true,
    ],
  ])('%s', (_, image, version, onByDefault) => {
    expect(engineRelease({ image })).toEqual({
      name: `vLLM ${version}`,
      engine: 'vllm',
      version,
      onByDefault,
    });
  });

  it.each([
    ['latest', 'vllm/vllm-openai:latest'],
    ['a build of a night', 'vllm/vllm-openai:nightly-v0.30.0'],
    ['a digest alone', `vllm/vllm-openai${ofDigest}`],
    ['no tag', 'vllm/vllm-openai'],
    [
      'a port of the registry, and no tag',
      'registry.acme.example:5000/vllm/vllm-openai',
    ],
  ])('a tag that is no release: %s', (_, image) => {
    expect(engineRelease({ image })).toEqual({
      name: 'vLLM of an unknown release',
      engine: 'vllm',
      version: undefined,
      onByDefault: false,
    });
  });

  it.each([
    [
      'Red Hat',
      'registry.redhat.io/rhaiis/vllm-cuda-rhel9:3.4.0',
      'vllm-cuda-rhel9',
    ],
    ['llm-d', 'ghcr.io/llm-d/llm-d-cuda:v0.4.0', 'llm-d-cuda'],
  ])(
    'a distribution counts otherwise, and caches by default: %s',
    (_, image, name) => {
      expect(engineRelease({ image })).toEqual({
        name,
        engine: 'vllm',
        onByDefault: true,
      });
    },
  );

  it('an image of somebody else says nothing', () => {
    const image = 'lmsysorg/sglang:v0.5.0';
    expect(engineRelease({ image })).toEqual({
      name: image,
      onByDefault: false,
    });
  });

  it('no image means the one that the platform adds', () => {
    expect(engineRelease({})).toEqual({
      name: "the platform's vLLM",
      engine: 'vllm',
      onByDefault: true,
    });
  });
});

describe('the release in the tag of any image', () => {
  it.each([
    ['with v', 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0', '0.9.0'],
    ['without v', 'ghcr.io/llm-d/llm-d-router-endpoint-picker:0.9.0', '0.9.0'],
    ['without a patch', 'acme.example/epp:v0.9', '0.9'],
    ['of two digits each', 'acme.example/epp:v10.11.12', '10.11.12'],
    ['a candidate', 'acme.example/epp:v1.0.0-rc.1', '1.0.0'],
    ['a build', 'acme.example/epp:v1.0.0+build7', '1.0.0'],
    ['before a digest', `acme.example/epp:v1.0.0${ofDigest}`, '1.0.0'],
    ['a fourth number', 'acme.example/epp:v1.0.0.4', undefined],
    ['a word', 'acme.example/epp:main', undefined],
    ['words around it', 'acme.example/epp:release-v1.0.0', undefined],
    ['a registry at an address with a port', '10.0.0.1:10.5/epp', undefined],
    ['none', 'acme.example/epp', undefined],
  ])('%s', (_, image, version) => {
    expect(imageVersion({ image })).toBe(version);
  });

  it('no image, no release', () => {
    expect(imageVersion({})).toBeUndefined();
  });
});
