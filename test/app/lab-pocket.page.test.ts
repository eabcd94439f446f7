import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenPage } from '../setup/page';
import { openPage } from '../setup/page';
import { checkReport } from './lab-report';
import { button, modelFolder, write } from './live-page';

/** Every experiment compiles shaders of its own on a software adapter. */
const PATIENCE = { timeout: 240_000 };
/** One browser with Pocket in it serves all checks of this file. */
let opened: OpenPage;
let page: Page;
const files = await modelFolder();

beforeAll(async () => {
  opened = await openPage({ at: '' });
  ({ page } = opened);
  await page.locator('.chip', { hasText: 'live' }).waitFor(PATIENCE);
  await page.getByRole('navigation', { name: 'Sheets' }).getByText('Lab', { exact: true }).click();
});
afterAll(async () => {
  await opened.close();
  await files.remove();
});

const open = (section: string) =>
  page.getByRole('navigation', { name: 'Experiments' }).getByRole('button', { name: section }).click();

async function commit(label: string, value: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(value));
  await page.getByLabel(label, { exact: true }).press('Enter');
}

async function runAll(passes: number): Promise<void> {
  await page.getByText(`0 of ${passes} passes`).waitFor();
  await button(page, 'Start').click();
  await page.getByText(`${passes} of ${passes} passes`).waitFor(PATIENCE);
}

it('Tasks: the needle by depth beside what is published, with intervals', PATIENCE, async () => {
  await open('Tasks');
  for (const name of ['Short questions', 'Chains of sums', 'Notes of a report', '64'])
    await page.getByLabel(name, { exact: true }).uncheck();
  await commit('Questions each', 2);
  await runAll(2);
  const row = page
    .getByRole('table')
    .nth(1)
    .getByRole('row', { name: /^Needle in a text 128/ });
  // Two questions lie in the first two parts of the text.
  expect(await row.textContent()).toMatch(/128250100 34–100/);
  const [fp16, pair] = await page.locator('.needle-map').all();
  const unasked = Array(3).fill('not run');
  expect(await fp16.locator('td').allInnerTexts()).toEqual(['100 1 of 1', '100 1 of 1', ...unasked]);
  const found = await pair.locator('td').allInnerTexts();
  for (const text of found.slice(0, 2)) expect(text).toMatch(/^(0|100) [01] of 1$/);
  expect(found.slice(2)).toEqual(unasked);
  // What is published stands in the table above, in columns of its own.
  expect(
    await page
      .getByRole('table')
      .first()
      .getByRole('row', { name: /Knowledge questions/ })
      .textContent(),
  ).toMatch(/≥ 5 pp/);
  await checkReport(page, files.path('tasks.html'));
});

it('Abilities: three probes against bits of cache and weights', PATIENCE, async () => {
  await open('Abilities');
  await commit('Questions each', 1);
  await runAll(9);
  const rows = page.locator('.task-table tbody tr');
  const figures = await rows.first().locator('td').allInnerTexts();
  expect(figures[0]).toBe('16');
  expect(figures[3]).toMatch(/^(100 21–100|0 0–79)$/);
  expect(await page.locator('svg.ability').count()).toBeGreaterThanOrEqual(1);
  await page.getByText('carried over to the cache').waitFor();
  await checkReport(page, files.path('abilities.html'));
});

it('Advisor: proposes, checks on the prompt, and says where the measurement agrees', PATIENCE, async () => {
  await page.getByRole('navigation', { name: 'Sheets' }).getByText('Run', { exact: true }).click();
  await write(page, 'Bo has 7 red pens. Ann has 5 more. Ann has');
  await page.getByRole('navigation', { name: 'Sheets' }).getByText('Lab', { exact: true }).click();
  await open('Advisor');
  await commit('Steps to score', 8);
  for (const box of (await page.locator('.advisor-table input[type=checkbox]').all()).slice(2)) await box.uncheck();
  await page.getByText(/^0 of 3 passes/).waitFor();
  await button(page, 'Start').click();
  await page.getByText('3 of 3 passes').waitFor(PATIENCE);
  await page.getByText('steps are too few for a verdict; 64 are needed').first().waitFor();
  expect(await page.locator('.advisor-table tbody tr').first().locator('td').count()).toBeGreaterThan(5);
  await checkReport(page, files.path('advisor.html'));
});

it('leaves nothing in the console', () => expect(opened.errors).toEqual([]));
