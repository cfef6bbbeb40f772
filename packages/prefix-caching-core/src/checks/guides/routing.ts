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

import { NOT_FROM_FILES } from './types';
import type { CheckGuides } from './types';

/** Guides of the checks of what really happens, and of KServe's own status. */
export const ROUTING_GUIDES: CheckGuides = {
  'routing.bypass': {
    question: 'Do engines serve requests that the picker never saw?',
    matters:
      'Always: this is the normal way in which prefix caching breaks while everything is green.',
    reads:
      'Counters of the picker and of all engines, in two samples, and the verdict of the run before.',
    pass: 'The picker saw the requests that the engines served.',
    warn: 'It saw none, or no picker is ready, for the first time; two samples are not taken at the same moment.',
    fail: 'It saw none, or no picker is ready, twice in a row.',
    inconclusive:
      'No traffic, fewer than two samples, no metrics, or a part of the requests took another way.',
    skipped: NOT_FROM_FILES,
    remedy:
      'Look at the gateway: the cause is one of its findings. A part only: look for clients that call the Service of the engines.',
  },
  'routing.distribution': {
    question: 'How are requests spread over the replicas?',
    matters:
      'When latency grows on one replica while others are idle: affinity alone can send everything to the replica that is warm.',
    reads:
      "The picker's picks per endpoint where it counts them, else requests or prompt tokens of each engine, in two samples; waiting requests.",
    pass: 'No replica has twice its even share, or none waits there.',
    warn: 'One has, and requests wait for it, or whether they wait is not known.',
    inconclusive: 'Fewer than 20 requests between two samples, or no metrics.',
    skipped: 'There is one replica, or only files are there.',
    remedy:
      'Give the queue scorer more weight against the prefix scorer, or add replicas.',
  },
  'routing.delivered-hits': {
    question:
      'How many prompt tokens did the engines really take from cache, and is a low figure a fault or are prompts just different?',
    matters: 'Always: this is what prefix caching is for.',
    reads:
      "The engines' prefix-cache counters in two samples, the picker's prediction for the same time, and the thresholds.",
    pass: 'The ratio is good (60 % unless configured).',
    warn: 'It is fair, or poor while nothing more was predicted: prompts share little.',
    fail: 'It is poor, and far more was predicted.',
    inconclusive:
      'Fewer than two samples, too few prompt tokens between them, or no metrics.',
    skipped: NOT_FROM_FILES,
    remedy:
      'Poor and predicted: look for eviction, restarts, or a block larger than the prefix. Poor and not predicted: let prompts begin alike.',
  },
  'routing.prediction-gap': {
    question:
      'Does the picker believe in the same hits that the engines deliver?',
    matters:
      'Without precise mode the picker remembers its own picks and never asks an engine; what it remembers drifts away from what caches hold.',
    reads:
      "The picker's predicted ratio and the engines' delivered one between two samples, the size of their caches and of its index, and prompt lengths.",
    pass: 'They lie closer together than the threshold (0.3 unless configured).',
    warn: 'They lie further apart; reasons that figures show are named.',
    inconclusive:
      'One of the two is not known, or there were too few prompt tokens.',
    skipped: NOT_FROM_FILES,
    remedy:
      'Give the engines more KV cache or the picker a smaller index (`lruCapacityPerServer`); look for a picker that restarted.',
  },
  'routing.probe': {
    question:
      'What did the last active probe find: affinity, hits, a miss that must miss, and time to first token?',
    matters:
      'Before the first traffic, and whenever counters of real traffic leave a doubt.',
    reads: 'The last probe of this service, and since when its engines run.',
    pass: 'A repeated prefix came back from the cache, and another one did not.',
    warn: 'It did, but a body of more than 8 kB did not.',
    fail: 'A repeated prefix went to another replica, or came to the right one and was not used.',
    inconclusive:
      'The probe could not tell, its negative control hit, or all engines are younger.',
    skipped: 'No probe was run.',
    remedy:
      'Follow the finding on weights, gateway or engine; then probe again.',
  },
  'status.conditions': {
    question: 'What does KServe itself say of the service?',
    matters:
      'As a beginning. Its conditions stay True while the picker is bypassed, unreachable or shared: green here proves nothing of the data path.',
    reads:
      'The conditions of the LLMInferenceService, and its stop annotation.',
    pass: 'Ready is True.',
    fail: 'Ready is False; the conditions that are False are named. Or the cluster has no such service: that alone decides the overall verdict.',
    inconclusive: 'It has not reported yet, or the service may not be read.',
    skipped: 'From files, or while the service is stopped on purpose.',
    remedy: 'Read the message of the first condition that is False.',
  },
};
