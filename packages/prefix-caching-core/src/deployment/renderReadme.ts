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

import { modelSection } from './readmeModel';
import { monitoringSection } from './readmeMonitoring';
import { networkSection } from './readmeNetwork';
import { routingSection } from './readmeRouting';
import { overlayFolder } from './renderKustomization';
import { verifySection } from './readmeVerify';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import type { RenderedFile } from './types';

const FIT = {
  fits: 'fits',
  tight: 'tight: the engine may refuse to start',
  no: 'does not fit',
};

function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function tableRow(service: ResolvedService): string {
  const { accelerator, choice, fit } = service;
  const cells = [
    `\`${service.name}\``,
    `${choice.devices} × ${accelerator.name}${
      choice.topology ? ` (${choice.topology})` : ''
    }`,
    String(service.tensorParallel),
    service.maxModelLen === undefined
      ? "the model's own"
      : thousands(service.maxModelLen),
    fit ? FIT[fit.verdict] : 'not known for this model',
    fit
      ? `${thousands(fit.kvTokens.low)} to ${thousands(fit.kvTokens.high)}`
      : '',
    `${Math.round(accelerator.startupSeconds / 60)} min`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function overview({ plan, profile, services }: ResolvedPlan): string {
  return `# ${plan.name}

${
  plan.description ??
  'A language model behind an OpenAI-compatible API. Requests that share a prompt prefix go to the replica that holds it in its cache.'
}

Owner: ${plan.owner}. Platform: ${profile.name} on Istio ${profile.istio}${
    profile.poolGroup === 'inference.networking.x-k8s.io' ? '' : ' or newer'
  }${profile.tls ? ', TLS on' : ', TLS off'}. Namespace: ${
    plan.namespace
  }. Replicas of each service: ${plan.replicas}.

| Service | Accelerator per replica | Tensor parallelism | Longest context | Memory | KV-cache tokens per replica | Start takes up to |
|---|---|---|---|---|---|---|
${services.map(tableRow).join('\n')}${
    plan.replicas < 2
      ? '\n\n**One replica only: there is nothing to choose between, so requests gain nothing from the picker. Use at least two.**'
      : ''
  }`;
}

/** What `kubectl apply -k` and `kubectl delete -k` are told: the first overlay where there are some. */
function appliedFolder({ plan }: ResolvedPlan): string {
  const [overlay] = plan.overlays ?? [];
  return overlay ? overlayFolder(overlay) : 'deploy';
}

function overlaysText({ plan }: ResolvedPlan): string {
  const { overlays = [] } = plan;
  return overlays.length === 0
    ? ''
    : `

\`deploy/base\` holds everything; each folder below \`deploy/overlays\` (${overlays.join(
        ', ',
      )}) is one environment and holds only what differs there. Apply one of them per cluster: they share names and namespace.`;
}

function applySection(resolved: ResolvedPlan): string {
  const { plan } = resolved;
  const byHand = `\`\`\`sh
kubectl create namespace ${plan.namespace}   # once, unless it exists
kubectl apply -k ${appliedFolder(resolved)}
kubectl -n ${plan.namespace} get llminferenceservices -w
\`\`\``;
  const application = `argocd/${plan.overlays?.[0] ?? 'application'}.yaml`;
  return plan.argoCd
    ? `## Apply

Argo CD applies what is on the default branch, once it knows of it:

\`\`\`sh
kubectl apply -f ${application}
\`\`\`

Without Argo CD:

${byHand}${overlaysText(resolved)}`
    : `## Apply

${byHand}${overlaysText(resolved)}`;
}

function changeSection(resolved: ResolvedPlan): string {
  const { plan, services } = resolved;
  const folder = appliedFolder(resolved);
  const longest = Math.max(
    ...services.map(({ accelerator }) => accelerator.blockSize),
    64,
  );
  return `## Roll back

\`\`\`sh
git revert HEAD && git push${
    plan.argoCd ? '' : ` && kubectl apply -k ${folder}`
  }   # the version before
kubectl delete -k ${folder}   # all of it
\`\`\`

A new engine starts with an empty cache, and a new picker with an empty memory of prompts: hits recover with traffic.

## What to expect

Only the reading of the prompt gets shorter, and only for prompts that begin alike. A prefix counts in whole blocks: below about ${longest} tokens nothing can hit. Long answers, and prompts that begin with a timestamp or a name, gain nothing. Judge by the measured hit ratio and time to first token on the entity's tab, not by a promise.

## Change

Edit \`deploy/\` and open a merge request. Replicas and \`--max-model-len\` can be changed at any time and restart the pods; the number of devices, the topology and the tensor parallelism belong together. Raise replicas with care: more replicas spread the same prefixes over more caches.`;
}

/** `README.md`: what this is, and how to apply, verify, roll back and change it. */
export function renderReadme(resolved: ResolvedPlan): RenderedFile {
  return {
    path: 'README.md',
    content: `${[
      overview(resolved),
      applySection(resolved),
      verifySection(resolved),
      modelSection(resolved),
      routingSection(resolved),
      networkSection(resolved),
      ...monitoringSection(resolved),
      changeSection(resolved),
    ].join('\n\n')}\n`,
    objects: [],
  };
}
