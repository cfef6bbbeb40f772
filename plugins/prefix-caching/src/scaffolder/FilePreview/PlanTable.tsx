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

import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type { RenderedFile } from 'prefix-caching-core';
import type { ReactNode } from 'react';
import { Section } from '../../components/Section';
import { StateLabel } from '../../components/StateLabel';
import { formatCount } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { FIT_STATES } from '../AcceleratorPicker/FitCells';
import type { Offered } from '../useOffered';
import { goToStep } from './goToStep';
import {
  gatewayUse,
  modelText,
  nameOfRef,
  objectsOf,
  repositoryOf,
} from './planParts';
import type { Part, Steps } from './planParts';
import type { FormValues } from './planOfForm';
import { SHARED_PREFIX } from './useChosen';
import type { ChosenAccelerator } from './useChosen';

const useStyles = makeStyles(theme => ({
  // Backstage's theme stripes rows and breaks words anywhere.
  table: {
    '& td, & th': {
      border: 'none',
      borderBottom: `1px solid ${theme.palette.divider}`,
      padding: '6px 8px 6px 0',
      verticalAlign: 'top',
      wordBreak: 'normal',
      overflowWrap: 'anywhere',
    },
    '& tr': { backgroundColor: 'inherit !important' },
  },
  label: {
    color: theme.palette.type === 'dark' ? '#c3c3c3' : '#5e5e5e',
    fontWeight: 400,
    width: 128,
  },
  change: {
    overflowWrap: 'normal',
    textAlign: 'right',
    whiteSpace: 'nowrap',
    width: 1,
  },
  link: {
    fontSize: theme.typography.caption.fontSize,
    minWidth: 0,
    padding: 0,
    whiteSpace: 'nowrap',
    textDecoration: 'underline',
    textTransform: 'none',
  },
}));

interface Row {
  label: string;
  value: ReactNode;
  /** Where it is asked for, and the field to begin at. */
  part: Part;
  field: string;
}

/** The fit of one accelerator, as the picker has it. */
function Fit({ answer, planned }: ChosenAccelerator) {
  const { t } = useMessages();
  const fit = answer?.fit;
  const length = planned.maxModelLen;
  const warm = fit?.warmPrefixes;
  return (
    <>
      {fit && (
        <StateLabel
          state={FIT_STATES[fit.verdict]}
          word={t(`form.fit.${fit.verdict}`)}
          size="small"
        />
      )}{' '}
      {[
        ...(length === undefined
          ? []
          : [t('form.plan.length', { tokens: formatCount(length) })]),
        ...(warm
          ? [
              t('form.plan.warm', {
                low: formatCount(warm.low),
                high: formatCount(warm.high),
                tokens: formatCount(SHARED_PREFIX),
              }),
            ]
          : []),
      ].join(', ')}
    </>
  );
}

/** What was chosen, in a line each, and the way back to where it was. */
export function PlanTable(props: {
  form: FormValues;
  offered?: Offered;
  chosen: readonly ChosenAccelerator[];
  files: readonly RenderedFile[];
  steps: Steps;
}) {
  const { form, offered, chosen, files, steps } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const objects = objectsOf(files);
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const joined = (parts: (string | undefined)[]) =>
    parts.filter(Boolean).join(' · ');

  const rows: Row[] = [
    {
      label: t('form.plan.service'),
      value: form.name,
      part: 'service',
      field: 'name',
    },
    {
      label: t('form.plan.owner'),
      value: joined([
        nameOfRef(form.owner),
        nameOfRef(form.system),
        form.lifecycle,
      ]),
      part: 'service',
      field: 'owner',
    },
    {
      label: t('form.plan.model'),
      value: modelText(form, offered?.models ?? []),
      part: 'model',
      field: 'model',
    },
    {
      label: t('form.plan.platform'),
      value: joined([
        form.platform,
        form.istio && t('form.plan.istio', { release: form.istio }),
        form.namespace,
        form.nodePlatform,
      ]),
      part: 'model',
      field: 'platform',
    },
    ...chosen.map(
      (it): Row => ({
        label: t('form.plan.accelerator', {
          name: it.name,
          count: form.replicas ?? 0,
        }),
        value: <Fit {...it} />,
        part: 'model',
        field: 'accelerators',
      }),
    ),
    {
      label: t('form.plan.gateways'),
      value: t(`form.plan.gateway.${gatewayUse(objects)}`),
      part: 'routing',
      field: 'isolation',
    },
    {
      label: t('form.plan.policies'),
      value:
        policies.length > 0
          ? t('form.plan.policiesWritten', { count: policies.length })
          : t('form.plan.policiesNone'),
      part: 'routing',
      field: 'networkPolicies',
    },
    {
      label: t('form.plan.repository'),
      value: joined([
        repositoryOf(form.repoUrl),
        form.publishTo === 'existing' ? form.targetPath : undefined,
      ]),
      part: 'repository',
      field: 'repoUrl',
    },
  ];

  return (
    <Section title={t('form.plan.title')}>
      <Table
        size="small"
        aria-label={t('form.plan.title')}
        className={classes.table}
      >
        <TableBody>
          {rows.map(({ label, value, part, field }) => {
            const step = steps[part];
            return (
              <TableRow key={label}>
                <TableCell component="th" scope="row" className={classes.label}>
                  {label}
                </TableCell>
                <TableCell>{value}</TableCell>
                <TableCell className={classes.change}>
                  {step !== undefined && (
                    <Button
                      size="small"
                      color="primary"
                      className={classes.link}
                      aria-label={t('form.plan.changeOf', { label })}
                      onClick={({ currentTarget }) =>
                        goToStep(currentTarget, step, field)
                      }
                    >
                      {t('form.plan.change')}
                    </Button>
                  )}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Section>
  );
}
