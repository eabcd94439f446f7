import { KvError } from '../../gpu/errors';

const next = 'Ask for the file again. Nothing on this page was changed.';

export const notRecording = (): KvError =>
  new KvError('bad-recording', 'This file is not a kvscope recording.', 'It does not begin like one.', next);

export const cutRecording = (has: number, wants: number): KvError =>
  new KvError(
    'bad-recording',
    'This file is a recording that was cut off.',
    wants > 0 ? `It has ${has} of ${wants} bytes.` : `It ends after ${has} bytes.`,
    next,
  );

export const alteredRecording = (why: string): KvError =>
  new KvError('bad-recording', 'This file is a damaged recording.', why, next);

export const newerRecording = (version: number, known: number): KvError =>
  new KvError(
    'newer-recording',
    'This file is a recording newer than this page.',
    `It has version ${version}; this page reads up to version ${known}.`,
    'Reload the page, or open it on an up-to-date one.',
  );
