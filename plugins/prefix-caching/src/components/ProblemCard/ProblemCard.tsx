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

import Typography from '@material-ui/core/Typography';
import type { Finding } from 'prefix-caching-core';
import { useMessages } from '../../hooks/useMessages';
import { stateOfFinding } from '../../states';
import { Command } from '../Command';
import { StateCard } from '../StateCard';

/** What is wrong with the entity's own annotation. */
export function ProblemCard(props: { problem: Finding }) {
  const { problem } = props;
  const { t } = useMessages();
  return (
    <StateCard state={stateOfFinding(problem, [])} sentence={problem.summary}>
      <Typography variant="body2">
        {t('problem.expected', { expected: problem.expected })} {problem.remedy}
      </Typography>
      {problem.commands.map(({ purpose, command }) => (
        <Command key={command} purpose={purpose} text={command} />
      ))}
    </StateCard>
  );
}
