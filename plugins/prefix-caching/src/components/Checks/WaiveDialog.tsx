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

import { useState } from 'react';
import type { FormEvent } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useClock } from '../../hooks/useClock';
import { useElementId } from '../../hooks/useElementId';
import { useMessages } from '../../hooks/useMessages';

const DAY = 86_400_000;
const USUAL_DAYS = 30;
/** The back end's own limit. */
const MOST_DAYS = 365;

/** Asks why a finding is accepted, and until when. */
export function WaiveDialog(props: {
  check: string;
  onClose(): void;
  onWaive(waiver: { reason: string; expiresAt: string }): Promise<void>;
}) {
  const { check, onClose, onWaive } = props;
  const { t } = useMessages();
  const titleId = useElementId();
  const reasonId = useElementId();
  const untilId = useElementId();
  const now = useClock();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => dayOf(now + USUAL_DAYS * DAY));
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<Error>();

  const send = (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    onWaive({
      reason: reason.trim(),
      // The end of that day in the user's zone.
      expiresAt: new Date(`${until}T23:59:59`).toISOString(),
    }).then(onClose, failure => {
      setError(failure);
      setSending(false);
    });
  };
  return (
    <Dialog open onClose={onClose} maxWidth="sm" aria-labelledby={titleId}>
      <form onSubmit={send}>
        <DialogTitle id={titleId}>{t('waiver.title', { check })}</DialogTitle>
        <DialogContent>
          <DialogContentText>{t('waiver.explanation')}</DialogContentText>
          <TextField
            id={reasonId}
            label={t('waiver.reason')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            required
            fullWidth
            multiline
            margin="dense"
          />
          <TextField
            id={untilId}
            type="date"
            label={t('waiver.until')}
            value={until}
            onChange={event => setUntil(event.target.value)}
            required
            margin="dense"
            InputLabelProps={{ shrink: true }}
            inputProps={{
              min: dayOf(now),
              max: dayOf(now + (MOST_DAYS - 1) * DAY),
            }}
          />
          {error && (
            <Typography variant="body2" role="alert">
              {error.message}
            </Typography>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('dialog.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={sending || reason.trim() === '' || until === ''}
          >
            {t('waiver.send')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** A day in the user's zone, as a date field wants it. */
function dayOf(moment: number): string {
  const date = new Date(moment);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(
    date.getDate(),
  )}`;
}
