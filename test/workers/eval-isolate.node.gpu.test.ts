import { afterAll, expect, test } from 'vitest';
import { cliFolder, runCli } from './cli';
import { numbersIn } from './eval-shape';

const folder = cliFolder();
afterAll(folder.remove);
const model = folder.model('model.gguf');
const text = folder.write('text.txt', 'the rain in the hand and the wind on the other side of the water, '.repeat(3));

test('--isolate gives local errors by layer and head, and no KL', async () => {
  const lanes = ['--lane', 'k=3 v=16', '--lane', 'k=16 v=3', '--lane', 'k=16 v=16'];
  const args = ['--model', model, '--text', text, '--prompt-tokens', '12', '--max-tokens', '6', '--isolate'];
  const ran = await runCli('headless', [...args, ...lanes]);
  expect(ran).toMatchObject({ code: 0 });
  const doc = JSON.parse(ran.stdout);
  expect(numbersIn(doc).every(Number.isFinite)).toBe(true);
  expect(doc.isolated).toBe(true);
  const [keys, values, exact] = doc.lanes;
  for (const lane of doc.lanes) {
    expect(lane.summary).toBeUndefined();
    expect(Object.keys(lane.steps[1])).toEqual(['position', 'sameTop', 'token']);
    expect([lane.local.heads.length, lane.local.heads[0].length, lane.local.block.length]).toEqual([2, 2, 2]);
  }
  const all = ({ local }: typeof keys): number[] => [...local.heads.flat(), ...local.block];
  expect(all(exact).every((error) => error === 0)).toBe(true);
  for (const lane of [keys, values]) for (const error of all(lane)) expect(error).toBeGreaterThan(1e-3);
  expect(values.heads.tv.flat().every((tv: number) => tv === 0)).toBe(true);
  expect(Math.min(...keys.heads.tv.flat())).toBeGreaterThan(1e-4);
});
