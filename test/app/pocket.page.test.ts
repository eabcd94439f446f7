import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { BUNDLED_BYTES } from '../../app/bundled';
import { sceneOf, WELCOME } from '../../app/setup/scenes';
import expected from '../fixtures/pocket-text.json';
import type { OpenOptions, OpenPage } from '../setup/page';
import { openPage } from '../setup/page';
import { button, copyLink, reach, report, runOut, setBits } from './live-page';

/** A software adapter compiles every shader of a first run before its first step. */
const PATIENCE = { timeout: 120_000 };
const opened: OpenPage[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: OpenOptions = {}): Promise<OpenPage> {
  const one = await openPage({ permissions: ['clipboard-read', 'clipboard-write'], at: '', ...options });
  opened.push(one);
  return one;
}

const finished = (page: Page) => button(page, 'Run again').waitFor(PATIENCE);

it('a first visit runs Pocket live without a click; its text is known, its link repeats the run elsewhere', async () => {
  expect(statSync('public/models/pocket.gguf').size).toBe(BUNDLED_BYTES);
  const { page, errors } = await open();
  await page.locator('.chip', { hasText: 'live' }).waitFor(PATIENCE);
  await finished(page);
  expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(sceneOf(WELCOME)?.text);
  const run = await report(page);
  expect(run.model.name).toBe('pocket');
  expect(run.lanes[0].steps.every(({ kl }) => kl >= 0)).toBe(true);
  expect(run.lanes[0].steps.some(({ kl }) => kl > 0)).toBe(true);

  const link = await copyLink(page);
  const other = await open({ at: link.slice(link.indexOf('#')) });
  await other.page.locator('.chip', { hasText: 'live' }).waitFor(PATIENCE);
  await runOut(other.page);
  await other.page.getByText(`Identical to the sender's run through step ${run.lanes[0].steps.length}.`).waitFor();
  expect((await report(other.page)).lanes).toEqual(run.lanes);

  await setBits(page, 'Keys', 16);
  await setBits(page, 'Values', 16);
  await runOut(page);
  const exact = await report(page);
  expect(new Set(exact.lanes[0].steps.map(({ kl }) => kl))).toEqual(new Set([0]));
  expect(exact.lanes[0].text).toBe(expected.text);
  expect([...errors, ...other.errors]).toEqual([]);
});

it('runs on the reference engine where there is no WebGPU, with one click', async () => {
  const { page, errors } = await open({ webgpu: false });
  await button(page, 'Run Pocket on the CPU').click();
  await page.locator('.chip', { hasText: 'reference engine, on the CPU' }).waitFor(PATIENCE);
  await reach(page, 3);
  expect(errors).toEqual([]);
});
