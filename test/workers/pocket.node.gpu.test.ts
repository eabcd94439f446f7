import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sceneOf, WELCOME } from '../../app/setup/scenes';
import expected from '../fixtures/pocket-text.json';
import { project } from '../setup/env';
import { runCli } from './cli';
import type { Desk } from './session-host';
import { desk, runSpec } from './session-host';

let d: Desk;
let prompt: number[];
beforeAll(async () => {
  d = desk();
  const bytes = readFileSync(project('public/models/pocket.gguf'));
  await d.call('load', { kind: 'file', file: new File([bytes], 'pocket.gguf') });
  prompt = (await d.call('tokenize', { text: sceneOf(WELCOME)?.text ?? '', chat: false })).ids;
});
afterAll(() => d.close());

interface Report {
  lanes: { text: string; steps: { kl: number }[]; summary: { klMean: number } }[];
}

test('writes its known text, exactly alike at K16 V16; fewer bits diverge', async () => {
  const lanes = ['k=16 v=16', 'k=4 v=2', 'k=2 v=4'];
  await d.call('start', runSpec(lanes, { prompt, steps: expected.steps }));
  await d.call('play', {});
  const { lanes: found } = (await d.call('report', undefined)) as Report;
  expect(found[0].text).toBe(expected.text);
  expect(new Set(found[0].steps.map(({ kl }) => kl))).toEqual(new Set([0]));
  for (const lane of found.slice(1)) expect(lane.summary.klMean).toBeGreaterThan(0);
});

test('is what eval runs when no model is named', async () => {
  const ran = await runCli('headless', ['--prompt', 'Facts: Tim likes tea.', '--max-tokens', '2']);
  expect(ran).toMatchObject({ code: 0 });
  expect(JSON.parse(ran.stdout).model).toMatchObject({ name: 'pocket', headDim: 64 });
});
