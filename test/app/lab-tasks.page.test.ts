import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { OpenOptions, OpenPage } from '../setup/page';
import { openPage } from '../setup/page';
import { inventedTasks } from './invented-tasks';
import { checkReport } from './lab-report';
import { button, closeRecording, loadFile, modelFolder } from './live-page';

let opened: OpenPage | null = null;
const models = await modelFolder();
afterEach(async () => {
  await opened?.close();
  opened = null;
});
afterAll(models.remove);

const json = JSON.stringify(inventedTasks());
const before = async (page: Page) => {
  await page.route('**/lab/tasks.json', (route) => route.fulfill({ body: json, contentType: 'application/json' }));
};

async function open(options: OpenOptions = {}): Promise<OpenPage> {
  opened = await openPage({ before, ...options });
  await closeRecording(opened.page);
  return opened;
}

/** On a desk. */
const openLab = (page: Page) => page.locator('.views button', { hasText: 'Lab' }).click();

async function show(page: Page): Promise<void> {
  await page.locator('.lab-nav button', { hasText: 'Tasks' }).click();
  await page.getByLabel('Shown').selectOption({ label: 'measured by us: Invented, plain text' });
}

it('shows a table that ships with the page beside what is published, without a model', async () => {
  const { page, errors } = await open();
  await openLab(page);
  await show(page);
  const loss = page.getByRole('table').first();
  expect(await loss.getByRole('row', { name: /Knowledge questions/ }).textContent()).toMatch(/≥ 5 pp/);
  expect(await loss.getByRole('row', { name: /^Needle in a haystack/ }).textContent()).toContain(
    'not run: too long here',
  );
  const all = page.getByRole('table').nth(1);
  await expect(all.getByRole('row', { name: /List copying 64/ }).textContent()).resolves.toContain(
    'not scored: FP16 34 %',
  );
  await page.getByRole('button', { name: 'KL', exact: true }).click();
  expect(await page.locator('.needle-map').count()).toBe(2);
  const coming = page.waitForEvent('download');
  await button(page, 'Save CSV').click();
  const csv = await readFile(await (await coming).path(), 'utf8');
  expect(csv.split('\n')[0]).toMatch(/^task,length,lane,n,right,low,high/);
  expect(csv.trim().split('\n').length).toBe(1 + 12 * 20 + 3);
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  expect(errors).toEqual([]);
});

it('asks the loaded model, and says what FP16 itself cannot do', async () => {
  const { page, errors } = await open();
  await loadFile(page, await models.tiny('random.gguf', { context: 1024 }));
  await openLab(page);
  await page.locator('.lab-nav button', { hasText: 'Tasks' }).click();
  for (const name of ['Chains of sums', 'Notes of a report', 'Needle in a text', '128'])
    await page.getByLabel(name).uncheck();
  await page.getByLabel('Asked as').selectOption({ label: 'plain text' });
  await page.getByLabel('Questions each').fill('1');
  await page.getByLabel('Questions each').press('Enter');
  await page.getByText('0 of 2 passes').waitFor();
  await button(page, 'Start').click();
  await page.getByText('2 of 2 passes').waitFor({ timeout: 120_000 });
  await page.getByText('not scored: FP16 0 %').first().waitFor();
  await checkReport(page, models.path('tasks.html'));
  expect(errors).toEqual([]);
});

it('fits a phone without sideways scroll of the page', async () => {
  const { page } = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.getByRole('tab', { name: 'Lab' }).click();
  await page.locator('input[type=file]').setInputFiles(await models.tiny('phone.gguf'));
  await page.locator('.lab-nav').waitFor({ timeout: 60_000 });
  await show(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
