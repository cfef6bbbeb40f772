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

import { Link } from '@backstage/core-components';
import Collapse from '@material-ui/core/Collapse';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { useCheckLink } from '../../hooks/useCheckLink';
import { useMessages } from '../../hooks/useMessages';
import { flowStepsOf, targetLabel } from '../../model';
import { StateLabel } from '../StateLabel';

const useStyles = makeStyles({
  list: { margin: '8px 0 0', paddingLeft: 24 },
  states: {
    display: 'flex',
    flexWrap: 'wrap',
    fontSize: 12,
    gap: '0 16px',
    padding: '0 0 4px',
  },
});

/** The request flow of the reference document, step by step, with the state of each. */
export function FlowSteps(props: {
  id: string;
  open: boolean;
  targets: TargetReport[];
}) {
  const classes = useStyles();
  const { t } = useMessages();
  const checkLink = useCheckLink();
  const lanes = props.targets.map(target => ({
    target,
    steps: flowStepsOf(target),
  }));
  const [first] = lanes;
  return (
    <Collapse in={props.open}>
      <ol id={props.id} className={classes.list} aria-label={t('flow.title')}>
        {first.steps.map(({ step }, index) => (
          <li key={step.id}>
            <Typography variant="body2">
              {[step.title, step.correction].filter(Boolean).join('. ')}
            </Typography>
            <div className={classes.states}>
              {lanes.map(({ target, steps }) => {
                const { state, worst } = steps[index];
                return (
                  <span key={target.targetId}>
                    {targetLabel(target)}{' '}
                    {worst ? (
                      <Link
                        to={checkLink(worst.check, target.targetId)}
                        underline="always"
                      >
                        <StateLabel state={state} size="small" />
                      </Link>
                    ) : (
                      <StateLabel state={state} size="small" />
                    )}
                  </span>
                );
              })}
            </div>
          </li>
        ))}
      </ol>
    </Collapse>
  );
}
