import { expect, test } from 'vitest';
import { joinReports } from '../../../gpu/measure/join-reports';
import type { TaskReport } from '../../../gpu/measure/task-report';
import type { TaskCell } from '../../../gpu/measure/task-table';

const cell = (task: string, lane: string, right: number, n = 10): TaskCell => ({
  ...{ task, length: 128, lane, n, right, lost: 0, won: 0, kept: 1, chance: 0, kl: 0, sameTop: 1, rouge: null },
  ...{ prompt: 100, ms: 5 },
});
const report = (pairs: string[], cells: TaskCell[], more: Partial<TaskReport> = {}): TaskReport => ({
  ...{ model: 'm', sha256: 'a', adapter: 'x', date: '2026-01-01', form: 'plain', shots: 0, seed: 1, count: 10 },
  ...{ bands: 5, least: 0.6, pairs, cells, depths: [{ length: 128, lane: 'fp16', band: 0, n: 2, right: 2 }] },
  ...more,
});

test('tables of the same questions stand side by side: pairs by width, FP16 once, the newest day, every receipt', () => {
  const a = report(['k=4 v=4'], [cell('qa', 'fp16', 9), cell('qa', 'k=4 v=4', 7)], { receipt: 'r1' });
  const b = report(['k=8 v=2', 'k=8 v=8'], [cell('qa', 'fp16', 9), cell('qa', 'k=8 v=8', 9)], {
    ...{ receipt: 'r2', date: '2026-01-02' },
  });
  const c = report(['k=4 v=4'], [cell('copy', 'fp16', 16, 16), cell('copy', 'k=4 v=4', 3, 16)], { receipt: 'r3' });
  const [one, ...others] = joinReports([a, b, c]);
  expect(others).toEqual([]);
  expect(one.pairs).toEqual(['k=8 v=8', 'k=8 v=2', 'k=4 v=4']);
  expect(one.cells.map(({ task, lane, right }) => `${task} ${lane} ${right}`)).toEqual([
    ...['qa fp16 9', 'qa k=4 v=4 7', 'qa k=8 v=8 9', 'copy fp16 16', 'copy k=4 v=4 3'],
  ]);
  expect(one.depths).toHaveLength(1);
  expect([one.date, one.receipt, one.parts.length]).toEqual(['2026-01-02', 'r1, r2, r3', 3]);
});

test('words that all pairs share are said once, and keep such tables apart from plain ones', () => {
  const plain = report(['k=4 v=4'], [cell('qa', 'fp16', 9), cell('qa', 'k=4 v=4', 7)]);
  const byHead = report(
    ['k=4 v=4 group=head', 'k=2 v=4 group=head'],
    [cell('qa', 'fp16', 9), cell('qa', 'k=2 v=4 group=head', 1)],
  );
  const [one, other] = joinReports([plain, byHead, { ...byHead, cells: [cell('copy', 'fp16', 9)] }]);
  expect([one.common, one.pairs]).toEqual([undefined, ['k=4 v=4']]);
  expect([other.common, other.pairs, other.parts.length]).toEqual(['group=head', ['k=4 v=4', 'k=2 v=4'], 2]);
  expect(other.cells.map(({ task, lane }) => `${task} ${lane}`)).toEqual(['qa fp16', 'qa k=2 v=4', 'copy fp16']);
});

test.each([
  ['another model', { sha256: 'b' }],
  ['another form', { form: 'chat' as const }],
  ['other questions', { seed: 2 }],
  ['another adapter', { adapter: 'y' }],
])('%s stays apart', (_, more) => {
  const cells = [cell('qa', 'fp16', 9)];
  expect(joinReports([report([], cells), report([], cells, more)])).toHaveLength(2);
});

test('FP16 with another count of right answers, or more questions, stays apart', () => {
  for (const other of [cell('qa', 'fp16', 8), cell('qa', 'fp16', 9, 16)])
    expect(joinReports([report([], [cell('qa', 'fp16', 9)]), report([], [other])])).toHaveLength(2);
});

test('a stricter rule is that of both where both keep it; shorter texts stand first', () => {
  const report80 = (right: number) =>
    report(['k=4 v=4'], [cell('qa', 'fp16', right), cell('qa', 'k=4 v=4', 7)], { least: 0.8 });
  const strict = report(['k=4 v=4'], [cell('copy', 'fp16', 10), cell('copy', 'k=4 v=4', 9), cell('code', 'fp16', 9)], {
    least: 0.95,
  });
  const short = report([], [{ ...cell('qa', 'fp16', 10), length: 64 }], { least: 0.95 });
  const [one, ...others] = joinReports([report80(10), strict, short]);
  expect([one.least, others]).toEqual([0.95, []]);
  expect(one.cells.slice(0, 2).map(({ task, length }) => `${task} ${length}`)).toEqual(['qa 64', 'qa 128']);
  expect(joinReports([report80(9), strict])).toHaveLength(2);
});
