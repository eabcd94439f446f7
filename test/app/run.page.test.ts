import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { OpenPage } from '../setup/page';
import {
  button,
  copyLink,
  crashGpu,
  loadFile,
  reach,
  report,
  rewind,
  ruler,
  runOut,
  setBits,
  stepShown,
  write,
} from './live-page';
import { PROMPT, withModel } from './with-model';

const { made, open } = withModel();

/** A page with the model and the prompt. */
async function ready(): Promise<OpenPage> {
  const one = await open();
  await loadFile(one.page, made.model);
  await write(one.page, PROMPT);
  await one.page.waitForFunction(() => !document.querySelector<HTMLButtonElement>('.btn.run')?.disabled);
  return one;
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 });

it('a move during the run is flagged at its step and tells from there on; the link repeats it elsewhere', async () => {
  const { page, errors } = await ready();
  await setBits(page, 'Keys', 8);
  await setBits(page, 'Values', 8);
  await runOut(page);
  const plain = await report(page);
  expect(plain.model.name).toBe('small-lamp');
  const steps = plain.lanes[0].steps.length;
  expect(steps).toBeGreaterThan(100);

  await rewind(page);
  await button(page, 'Run').click();
  await reach(page, 5);
  await setBits(page, 'Keys', 2);
  await button(page, 'Run again').waitFor({ timeout: 90_000 });
  const moved = await report(page);
  expect(moved.moves).toMatchObject([{ lane: 1, field: 'k', value: 2, scope: 'all' }]);
  const [{ step }] = moved.moves;
  expect(step).toBeGreaterThan(5);
  const kl = (r: typeof plain) => r.lanes[0].steps.map((s) => s.kl);
  expect(kl(moved).slice(0, step)).toEqual(kl(plain).slice(0, step));
  expect(kl(moved)[step]).toBeGreaterThan(kl(plain)[step]);
  const flag = page.locator('.scrub i');
  expect(await flag.count()).toBe(1);
  const at = await flag.evaluate((node) => Number.parseFloat((node as HTMLElement).style.left));
  expect(at).toBeCloseTo((100 * step) / steps, 0);

  const link = await copyLink(page);
  const other = await open({ at: link.slice(link.indexOf('#')) });
  await loadFile(other.page, made.model);
  expect(await other.page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(PROMPT);
  await runOut(other.page);
  await says(other.page, `Identical to the sender's run through step ${steps}.`);
  expect((await report(other.page)).lanes).toEqual(moved.lanes);

  const cut = await open({ at: link.slice(link.indexOf('#'), -5) });
  await says(cut.page, 'This link is damaged');
  expect([...errors, ...other.errors, ...cut.errors]).toEqual([]);
});

it('K16 V16 reads exactly 0', async () => {
  const { page } = await ready();
  await setBits(page, 'Keys', 16);
  await setBits(page, 'Values', 16);
  await runOut(page);
  expect(new Set((await report(page)).lanes[0].steps.map((s) => s.kl))).toEqual(new Set([0]));
});

it('pauses, steps, selects a head while paused, rewinds; the session comes back after a reload', async () => {
  const { page, errors } = await ready();
  await setBits(page, 'Keys', 3);
  const read = async () => {
    await page.getByRole('application', { name: 'Attention row' }).focus();
    await page.keyboard.press('ArrowLeft');
    return page.locator('.row-canvas [aria-live]').textContent();
  };
  const rowSpoken = () => expect.poll(read, { interval: 800, timeout: 15_000 }).toMatch(/^key \d+, .*FP16 \d/s);
  await button(page, 'Run').click();
  await reach(page, 8);
  await page.getByRole('application', { name: /^Head map/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  // The run is short: it must be paused before the row is read out.
  await button(page, 'Pause').click();
  await button(page, 'Run').waitFor();
  await rowSpoken();
  const at = await stepShown(page);
  await button(page, 'One step').click();
  await reach(page, at + 1);
  expect(await stepShown(page)).toBe(at + 1);

  await page.getByRole('application', { name: /^Head map/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await says(page, `L1 H1 (KV 0), query at step ${at + 1}`);
  await rowSpoken();

  await rewind(page);
  await page.waitForTimeout(900);
  await page.reload();
  await page.waitForFunction(() => document.querySelector('.ruler-bits')?.textContent === '3');
  expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(PROMPT);
  expect(await ruler(page, 'Keys').getAttribute('aria-valuetext')).toContain('Keys 3 bits');
  // The copy kept in this browser is opened again without being asked for.
  await page.getByRole('button', { name: /^Model: small-lamp/ }).waitFor({ timeout: 60_000 });
  expect(errors).toEqual([]);
});

it('refuses bad files in words, says why a prompt cannot run, and stays usable', async () => {
  const { page } = await open();
  await writeFile(made.folder.path('notes.gguf'), 'Not a model at all. '.repeat(500));
  await writeFile(made.folder.path('cut.gguf'), (await readFile(made.model)).subarray(0, 20_000));
  await made.folder.tiny('foreign.gguf', { metadata: { 'general.architecture': { type: 'string', value: 'mamba' } } });
  const refused = page.getByRole('alert');
  for (const [name, words] of [
    ['notes.gguf', /GGUF/],
    ['cut.gguf', /cut|ends|short|trunc/i],
    ['foreign.gguf', /mamba/],
  ] as const) {
    await page.locator('input[type=file]').setInputFiles(made.folder.path(name));
    await refused.filter({ hasText: words }).waitFor({ timeout: 30_000 });
  }
  await loadFile(page, made.model);
  const why = page.locator('.run-state');
  const isOff = () => page.locator('.btn.run').isDisabled();
  await write(page, 'the lamp and '.repeat(8000).slice(0, 100_000));
  await why.filter({ hasText: /tokens/ }).waitFor({ timeout: 30_000 });
  expect(await isOff()).toBe(true);
  await write(page, 'x'.repeat(100_001));
  await why.filter({ hasText: '100001 characters' }).waitFor();
  await write(page, '0123456789'.repeat(60));
  await why.filter({ hasText: /context ends at 512/ }).waitFor();
  expect(await isOff()).toBe(true);
  await write(page, '');
  await why.filter({ hasText: 'the prompt is empty' }).waitFor();
  await write(page, PROMPT);
  await runOut(page);
});

it('a lost device is told, and the run goes on as if nothing had been', async () => {
  const { page } = await ready();
  await runOut(page);
  const whole = await report(page);
  await rewind(page);
  await button(page, 'Run').click();
  await reach(page, 8);
  await button(page, 'Pause').click();
  await button(page, 'Run').waitFor();
  await crashGpu(page);
  await says(page, /The GPU was lost and is back/);
  await runOut(page);
  expect((await report(page)).lanes).toEqual(whole.lanes);
});
