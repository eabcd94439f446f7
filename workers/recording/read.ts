import { receiptOf } from '../../gpu/measure/receipt';
import type { WireFrame } from '../protocol';
import { unpack } from './container';
import { alteredRecording } from './fault';
import { readHead, runOf } from './head';
import { headsReader, rowReader } from './read-heavy';
import { scalarReader } from './read-scalars';
import type { Recording } from './recording';

/** A file's bytes to its recording. Errors: bad-recording, newer-recording. */
export function readRecording(file: Uint8Array): Recording {
  const { head: json, sections } = unpack(file);
  const head = readHead(json);
  const section = (name: string, bytes?: number): Uint8Array => {
    const found = sections.get(name);
    if (!found || (bytes !== undefined && found.length !== bytes)) {
      throw alteredRecording(`Its section "${name}" is missing or has another length than its run needs.`);
    }
    return found;
  };
  const step = scalarReader(head, section);
  const heads = headsReader(head, section);
  const rows = rowReader(head, section);
  const { count, receipt } = head;
  const run = runOf(head);
  const lanes = head.settings.lanes.length + 1;
  const labels = new Map(head.labels);
  const columns = Array.from({ length: lanes }, (_, lane) => step.columns(lane));
  const mine = receiptOf(head.prompt.ids, { lanes: columns }, count);
  if (JSON.stringify(mine) !== JSON.stringify(receipt)) throw alteredRecording('Its receipt is that of another run.');

  const frame = (s: number, number: number): WireFrame => {
    const all = columns.map((_, lane) => step.lane(lane, s));
    const ids = all.flatMap(({ token, best, top }) => [token, best, ...top.map(({ id }) => id)]);
    return {
      ...{ run: number, step: s, position: head.prompt.ids.length - 1 + s, token: all[0].token, lanes: all },
      ...{ heads: heads(s), row: rows.get(s, head.head.layer, head.head.head) ?? rows.first(s), ms: step.ms(s) },
      pieces: columns.map((_, lane) => head.pieces[lane % head.pieces.length][s]),
      labels: Object.fromEntries(ids.flatMap((id) => (labels.has(id) ? [[id, labels.get(id) as string]] : []))),
    };
  };
  return { ...run, count, receipt, heads: rows.heads, frame, row: rows.get };
}
