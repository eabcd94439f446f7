import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, closeRecording, loadFile, write } from './live-page';
import { PROMPT, withModel } from './with-model';

const { made, open } = withModel({ layers: 4 });

/** Loads the model, writes the prompt, opens a section of the lab, asks for few steps and runs it to its end. */
async function measured(section: string, passes: number): Promise<Page> {
  const { page, errors } = await open();
  await closeRecording(page);
  await loadFile(page, made.model);
  await write(page, PROMPT);
  await button(page, 'Lab').click();
  await page.getByRole('navigation', { name: 'Experiments' }).getByRole('button', { name: section }).click();
  const steps = page.getByRole('spinbutton', { name: 'Most steps measured' });
  await steps.fill('12');
  await steps.press('Enter');
  await button(page, 'Start').click();
  await page.getByText(`${passes} of ${passes} passes`).waitFor({ timeout: 150_000 });
  expect(errors).toEqual([]);
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(found.violations.map((violation) => violation.id)).toEqual([]);
  return page;
}

it('Mechanism measures weights, cache and errors of every layer and says what the norms tell', async () => {
  const page = await measured('Mechanism', 4);
  await page.getByText(/rank correlation .* n = 4 layers/).waitFor();
  const cells = await page.locator('.layer-table tbody tr').first().locator('td').allInnerTexts();
  expect(cells).toHaveLength(15);
  for (const [i, cell] of cells.entries()) expect(cell).toMatch(i === 4 ? /^none$/ : /^[\d.]+$/);
  expect(await page.locator('.ratio-plot circle').count()).toBe(4);
});

it('Sensitivity maps both sides, suggests widths, and opens them in Run', async () => {
  const page = await measured('Sensitivity', 4);
  await page
    .getByText(/The suggestion (and|diverges)|cannot be told apart/)
    .first()
    .waitFor();
  const coming = page.waitForEvent('download');
  await button(page, 'CSV: layers').click();
  const lines = (await readFile(await (await coming).path(), 'utf8')).trim().split('\n');
  // Six widths, two sides, four layers, and the head.
  expect(lines).toHaveLength(1 + 6 * 2 * 4);
  await page.locator('tr.suggested').getByRole('button').click();
  await page
    .getByText('custom, from KVTuner')
    .or(page.getByText('KVTuner', { exact: true }))
    .first()
    .waitFor();
  expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(PROMPT);
});
