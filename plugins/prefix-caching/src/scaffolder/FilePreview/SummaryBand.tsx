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
import { StateCard } from '../../components/StateCard';
import { formatCount, formatDuration } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { judge } from './judge';
import { nameOfRef, repositoryOf } from './planParts';
import type { FormValues } from './planOfForm';
import type { ChosenAccelerator } from './useChosen';
import type { Preview } from './usePreview';

const SECOND = 1000;

/** What happens on Create; nothing has happened yet. */
function useNext(form: FormValues, chosen: readonly ChosenAccelerator[]) {
  const { t } = useMessages();
  const repository = repositoryOf(form.repoUrl) ?? '';
  if (form.publishTo === 'existing') {
    return t('form.review.intoExisting', {
      repository,
      folder: form.targetPath ?? '.',
    });
  }
  const seconds = Math.max(
    0,
    ...chosen.map(({ accelerator }) => accelerator?.startupSeconds ?? 0),
  );
  return t('form.review.intoNew', {
    repository,
    name: form.name ?? '',
    owner: nameOfRef(form.owner) ?? '',
    duration: formatDuration(seconds * SECOND),
  });
}

/** The verdict on the files before they are written, and what comes next. */
export function SummaryBand(props: {
  form: FormValues;
  chosen: readonly ChosenAccelerator[];
  preview: Preview;
}) {
  const { form, chosen, preview } = props;
  const { files = [], verifications, checkError } = preview;
  const { t } = useMessages();
  const next = useNext(form, chosen);
  const count = files.length;
  const tight = chosen.filter(({ answer }) => answer?.fit?.verdict === 'tight');
  const judged = judge(
    verifications ?? [],
    tight.map(({ name }) => name),
    name => t('form.review.tight', { name }),
  );
  let state = judged.state;
  const checks = formatCount(judged.passes);
  let sentence: string = t('form.review.passes', { count, checks });
  if (checkError) {
    state = 'inconclusive';
    sentence = t('form.review.unchecked', {
      count,
      reason: checkError.message,
    });
  } else if (!verifications) {
    state = 'progressing';
    sentence = t('form.review.checking', { count });
  } else if (state === 'fail') {
    sentence = t('form.review.fails', { count, first: judged.first ?? '' });
  } else if (state === 'warn') {
    sentence = t('form.review.warns', {
      count,
      checks,
      warnings: formatCount(judged.warnings),
      first: judged.first ?? '',
    });
  }
  return (
    <StateCard state={state} sentence={sentence} live="polite">
      <Typography variant="body2">{next}</Typography>
    </StateCard>
  );
}
