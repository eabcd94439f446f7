import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkReport } from './lab-report';
import { button, loadFile, write } from './live-page';
import { PROMPT, withModel } from './with-model';

const { made, open } = withModel({ context: 256 });

const lab = (page: Page) => page.getByRole('navigation', { name: 'Sheets' }).getByText('Lab', { exact: true }).click();
const cells = (page: Page) => page.locator('.heat button').allInnerTexts();
const passes = async (page: Page): Promise<number> =>
  Number(/(\d+) of 8 passes/.exec((await page.locator('.job-bar').textContent()) ?? '')?.[1] ?? -1);
const reachPass = (page: Page, count: number) =>
  page.waitForFunction(
    (least) => Number(/(\d+) of 8/.exec(document.querySelector('.job-bar')?.textContent ?? '')?.[1]) >= least,
    count,
    { timeout: 150_000 },
  );
const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);

/** Sixteen passes and two loads on a software adapter. */
const PATIENCE = 600_000;

it('a grid outlives a reload but for the pass under way, is worked by keys, and opens its pairs in Run', {
  timeout: PATIENCE,
}, async () => {
  const { page, errors } = await open();
  await loadFile(page, made.model);
  await write(page, PROMPT);
  await lab(page);
  await page.getByLabel('Most steps of each pair').fill('12');
  await page.keyboard.press('Enter');
  await button(page, 'Start').click();
  await reachPass(page, 3);
  await button(page, 'Pause').waitFor();
  const [before, done] = [await cells(page), await passes(page)];
  await page.reload();

  // The copy kept in this browser is opened again without being asked for.
  await page.locator('.chip', { hasText: 'live' }).waitFor({ timeout: 150_000 });
  await lab(page);
  await reachPass(page, done);
  const after = await cells(page);
  for (const [i, text] of before.entries()) if (text !== '') expect(after[i]).toBe(text);
  await button(page, 'Go on').click();
  await reachPass(page, 8);
  // The button that had the focus is gone.
  await page.waitForFunction(() => document.activeElement?.classList.contains('job-bar'));
  const all = await cells(page);
  expect(all).toHaveLength(49);
  for (const text of all) expect(Number(text.replace('<', ''))).toBeGreaterThanOrEqual(0);
  expect(all[0]).toBe('0');
  expect(await page.getByText('12 steps carry no verdict').count()).toBe(1);
  await checkReport(page, made.folder.path('grid.html'));
  expect(await faults(page)).toEqual([]);

  await page.locator('.heat button').first().focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'End', 'ArrowUp'])
    await page.keyboard.press(key);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
    /^K5 V2: KL median .* nats/,
  );
  await page.getByRole('application', { name: 'Bits against KL' }).focus();
  await page.keyboard.press('t');
  await page.getByRole('region', { name: 'Bits against KL: numbers' }).getByText('rows 26–49 of 49').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.heat button').nth(20).focus();
  await page.keyboard.press('Enter');
  await page.locator('.ruler-bits').first().waitFor();
  expect(await page.locator('.ruler-bits').allTextContents()).toEqual(['6', '2']);
  expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(PROMPT);
  expect(errors).toEqual([]);
});

it('pauses at once, keeps what is done, and refuses a prompt that is empty', { timeout: PATIENCE }, async () => {
  const { page, errors } = await open();
  await loadFile(page, made.model);
  await lab(page);
  await page.getByRole('alert').getByText('There is no text to run').waitFor();
  await page.getByRole('navigation', { name: 'Sheets' }).getByText('Run', { exact: true }).click();
  await write(page, PROMPT);
  await lab(page);
  await button(page, 'Start').click();
  await reachPass(page, 1);
  // Steps told after the worker was told to stop: at most the one that ended just then.
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage as (this: Worker, ...message: unknown[]) => void;
    Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
      post.apply(this, message);
      if (!Object.hasOwn(message[0] as object, 'cancel')) return;
      let further = 0;
      document.body.dataset.further = '0';
      this.addEventListener('message', ({ data }) => {
        if (data.event === 'lab') document.body.dataset.further = String(++further);
      });
    };
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Pause')?.click();
  });
  await button(page, 'Go on').waitFor();
  expect(['0', '1']).toContain(await page.locator('body').getAttribute('data-further'));
  const count = await passes(page);
  expect(count).toBeGreaterThanOrEqual(1);
  expect(count).toBeLessThan(8);
  // The lane of Run can be put to all widths as well.
  await page.getByLabel('Lane', { exact: true }).selectOption({ label: 'KIVI' });
  await reachPass(page, 0);
  expect(await passes(page)).toBe(0);
  await page.getByLabel('Lane', { exact: true }).selectOption('');
  await reachPass(page, count);
  await page.getByRole('button', { name: 'Length', exact: true }).click();
  await page.getByRole('heading', { name: 'Size by length' }).waitFor();
  expect(await faults(page)).toEqual([]);
  expect(errors).toEqual([]);
});
