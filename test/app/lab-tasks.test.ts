import { expect, test } from 'vitest';
import { csvOf, interval, pairName, percent } from '../../app/lab/tasks/figures';
import { FEW, LENGTHS, settingsOf, TASKS, toggled, useTaskForm } from '../../app/lab/tasks/form';
import { linesOf } from '../../gpu/measure/task-report';
import { inventedTasks } from './invented-tasks';

test('figures as the tables print them', () => {
  expect([percent(1), percent(0.333), percent(0)]).toEqual(['100', '33.3', '0']);
  expect(interval({ right: 8, n: 10 })).toBe('49–94');
  expect(pairName('k=4 v=2 group=head')).toBe('K4 V2 group=head');
  expect([pairName('k=4 v=2'), pairName('fp16'), pairName('system=kivi k=2 v=2')]).toEqual([
    ...['K4 V2', 'FP16', 'system=kivi k=2 v=2'],
  ]);
});

test('a choice is toggled in the order of the list, and the last one stays', () => {
  expect(toggled(['needle'], 'qa', TASKS)).toEqual(['qa', 'needle']);
  expect(toggled([64, 128], 64, LENGTHS)).toEqual([128]);
  expect(toggled([128], 128, LENGTHS)).toEqual([128]);
});

test('the form asks for four pairs, or for the default of the experiment', () => {
  const form = useTaskForm.getState();
  expect(settingsOf({ ...form, pairs: 'few' })).toMatchObject({ pairs: FEW, tasks: form.tasks });
  expect(settingsOf({ ...form, pairs: 'all' })).not.toHaveProperty('pairs');
});

test('CSV has every cell with its interval; a task that FP16 cannot do has no lanes in the table', () => {
  const [report] = inventedTasks().tables;
  const rows = csvOf(report).trim().split('\n');
  expect(rows.length).toBe(1 + report.cells.length);
  expect(rows[1]).toMatch(/^qa,64,fp16,50,50,0\.928\d+,1,0,0,1,0\.(2|19)/);
  const copy = linesOf(report).find(({ task }) => task === 'copy');
  expect([copy?.isSolved, copy?.lanes.size]).toEqual([false, 0]);
});
