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

import { parse } from 'yaml';
import { textAt, textsAt } from '../kubernetes';
import { fullPlan } from './__fixtures__/plans';
import { all, file } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';

describe('a base with overlays', () => {
  const flat = renderDeployment(fullPlan('kserve-0.20'));
  const files = renderDeployment({
    ...fullPlan('kserve-0.20'),
    overlays: ['staging', 'production'],
  });
  const kustomization = (path: string): unknown =>
    parse(file(files, path).content);

  it('holds the same objects once, in the base', () => {
    const inDeploy = (rendered: typeof files) =>
      rendered
        .filter(({ path }) => path.startsWith('deploy/'))
        .flatMap(({ objects }) => objects);
    expect(inDeploy(files)).toEqual(inDeploy(flat));
    expect(
      textsAt(kustomization('deploy/base/kustomization.yaml'), 'resources'),
    ).toEqual(
      textsAt(
        parse(file(flat, 'deploy/kustomization.yaml').content),
        'resources',
      ),
    );
  });

  it.each(['staging', 'production'])('has %s on top of it', name => {
    expect(
      textsAt(
        kustomization(`deploy/overlays/${name}/kustomization.yaml`),
        'resources',
      ),
    ).toEqual(['../../base']);
    const [application] = file(files, `argocd/${name}.yaml`).objects;
    expect(application.metadata.name).toBe(`llama-assist-${name}`);
    expect(textAt(application.spec, 'source', 'path')).toBe(
      `deploy/overlays/${name}`,
    );
  });

  it('is applied by the overlay, and says so', () => {
    const readme = file(files, 'README.md').content;
    expect(readme).toContain('kubectl apply -k deploy/overlays/staging');
    expect(readme).toContain('argocd/staging.yaml');
    expect(all(files).length).toBe(all(flat).length + 1);
  });

  it('is not there without environments', () => {
    const without = renderDeployment({
      ...fullPlan('kserve-0.20'),
      overlays: [],
    });
    expect(without).toEqual(flat);
  });
});
