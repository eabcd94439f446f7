import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { TinyOptions } from '../fixtures/tiny-gguf';
import { writeTinyGguf } from '../fixtures/tiny-gguf';

/** What the tests read of the eval JSON. */
export interface Report {
  model: { name: string };
  moves: { step: number; lane: number; field: string; value: number; scope: string }[];
  lanes: { config: unknown; text?: string; steps: { kl: number; token?: number; sameTop: boolean }[] }[];
}

const VOCAB = 320;

/** Plain tokens only, no end: a run goes on to its last step. */
const ENDLESS: TinyOptions['metadata'] = {
  'tokenizer.ggml.eos_token_id': undefined,
  'tokenizer.ggml.token_type': { type: 'i32s', value: new Array(VOCAB).fill(1) },
};

/** A folder of model files, gone after the tests. */
export async function modelFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'kvscope-page-'));
  return {
    path: (name: string) => join(folder, name),
    tiny: async (name: string, options: TinyOptions = {}) => {
      const path = join(folder, name);
      const { metadata, ...rest } = options;
      await writeTinyGguf(path, { types: 'Q8_0', vocab: VOCAB, ...rest, metadata: { ...ENDLESS, ...metadata } });
      return path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Back to step 0 of the run on screen. */
export async function rewind(page: Page): Promise<void> {
  await button(page, 'Rewind to step 0').click();
  await page.waitForFunction(() => document.querySelector('.status b')?.textContent === '0');
  await button(page, 'Run').waitFor();
}

/** A first visit plays a recording; most tests want the page behind it. */
export async function closeRecording(page: Page): Promise<void> {
  await button(page, 'Close recording').click();
  await page.locator('.strip.recording').waitFor({ state: 'detached' });
}

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const ruler = (page: Page, side: 'Keys' | 'Values') =>
  page.getByRole('slider', { name: `${side}, bits per value` });

export async function loadFile(page: Page, path: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path);
  await page.locator('.chip', { hasText: 'live' }).waitFor({ timeout: 150_000 });
}

export async function write(page: Page, prompt: string): Promise<void> {
  await page.getByLabel('Prompt', { exact: true }).fill(prompt);
}

/** Waits until the engine has told the page of this step or a later one. */
export async function reach(page: Page, step: number): Promise<void> {
  await page.waitForFunction((at) => Number(document.querySelector('.status b')?.textContent) >= at, step, {
    timeout: 60_000,
  });
}

export const stepShown = async (page: Page): Promise<number> =>
  Number(await page.locator('.status b').first().textContent());

export async function setBits(page: Page, side: 'Keys' | 'Values', bits: number): Promise<void> {
  await ruler(page, side).focus();
  if (bits === 16) await page.keyboard.press('End');
  else await page.keyboard.press(String(bits));
}

/** Presses Run and waits for the end. */
export async function runOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Run( again)?$/ }).click();
  await button(page, 'Run again').waitFor({ timeout: 90_000 });
}

/** The run as "Download run" gives it. */
export async function report(page: Page): Promise<Report> {
  const coming = page.waitForEvent('download');
  await button(page, 'Download run').click();
  return JSON.parse(await readFile(await (await coming).path(), 'utf8'));
}

/** Dialog open, link copied, dialog closed; what the clipboard then holds. */
export async function copyLink(page: Page): Promise<string> {
  await button(page, 'Share').click();
  await button(page, 'Copy link').click();
  await page.getByText('Copied').waitFor();
  await page.keyboard.press('Escape');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Crashes the browser's GPU process: every WebGPU device is lost. */
export async function crashGpu(page: Page): Promise<void> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  await session?.send('Browser.crashGpuProcess');
}
