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

import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import FormHelperText from '@material-ui/core/FormHelperText';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { CopyButton } from '../../components/CopyButton';
import { Section } from '../../components/Section';
import { useMessages } from '../../hooks/useMessages';
import { useOffered } from '../useOffered';
import { FileList } from './FileList';
import type { FormValues } from './planOfForm';
import type { Steps } from './planParts';
import { PlanTable } from './PlanTable';
import { SummaryBand } from './SummaryBand';
import { useChosen } from './useChosen';
import { usePreview } from './usePreview';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 },
  parts: {
    alignItems: 'start',
    display: 'grid',
    gap: 12,
    gridTemplateColumns: 'minmax(0, 4fr) minmax(0, 8fr)',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  files: {
    display: 'grid',
    gap: 12,
    gridTemplateColumns: '200px minmax(0, 1fr)',
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  text: {
    border: `1px solid ${theme.palette.divider}`,
    fontSize: 12,
    margin: 0,
    maxHeight: 560,
    overflow: 'auto',
    padding: 12,
  },
}));

/**
 * The last look before anything is written: what the checks say of the plan,
 * what was chosen, and the files as they will be committed. Asks the back end
 * to render and to check, which writes nothing; holds no value of its own.
 */
export function FilePreview(props: FieldExtensionComponentProps<undefined>) {
  const classes = useStyles();
  const { t } = useMessages();
  const [chosenPath, setChosenPath] = useState<string>();
  const form: FormValues = props.formContext?.formData ?? {};
  const steps = (props.uiSchema?.['ui:options']?.steps ?? {}) as Steps;
  const { offered } = useOffered();
  const chosen = useChosen(form, offered);
  const preview = usePreview(form);
  const { files = [], error } = preview;
  const file = files.find(({ path }) => path === chosenPath) ?? files[0];
  if (error) {
    return (
      <FormHelperText error role="alert" id={props.idSchema.$id}>
        {t('form.preview.failed', { reason: error.message })}
      </FormHelperText>
    );
  }
  if (!file) {
    return (
      <Typography role="status" variant="body2" id={props.idSchema.$id}>
        {t('form.preview.loading')}
      </Typography>
    );
  }
  return (
    <div className={classes.root} id={props.idSchema.$id}>
      <SummaryBand form={form} chosen={chosen} preview={preview} />
      <div className={classes.parts}>
        <PlanTable
          form={form}
          offered={offered}
          chosen={chosen}
          files={files}
          steps={steps}
        />
        <Section
          title={t('form.preview.title')}
          caption={t('form.preview.caption')}
          actions={
            <CopyButton text={() => file.content}>
              {t('form.preview.copy')}
            </CopyButton>
          }
        >
          <div className={classes.files}>
            <FileList files={files} shown={file} onShow={setChosenPath} />
            <pre
              className={classes.text}
              role="group"
              aria-label={file.path}
              // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable
              tabIndex={0}
            >
              {file.content}
            </pre>
          </div>
        </Section>
      </div>
    </div>
  );
}
