import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkReport } from './lab-report';
import { button, closeRecording, loadFile, write } from './live-page';
import { PROMPT, withModel } from './with-model';

const { made, open } = withModel({ layers: 4 });

const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);

/** Opens a section and runs its experiment of four passes on 12 steps. */
async function run(page: Page, section: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Experiments' }).getByRole('button', { name: section }).click();
  const steps = page.getByRole('spinbutton', { name: 'Most steps measured' });
  await steps.fill('12');
  await steps.press('Enter');
  await page.getByText('0 of 4 passes').waitFor();
  await button(page, 'Start').click();
  await page.getByText('4 of 4 passes').waitFor({ timeout: 150_000 });
}

it('looks inside the layers: norms against errors, the map of errors, and widths chosen from it', async () => {
  const { page, errors } = await open();
  await closeRecording(page);
  await loadFile(page, made.model);
  await write(page, PROMPT);
  await page.locator('.views').getByText('Lab', { exact: true }).click();
  await run(page, 'Mechanism');
  await page.getByText(/rank correlation .* n = 4 layers/).waitFor();
  const cells = await page.locator('.layer-table tbody tr').first().locator('td').allInnerTexts();
  expect(cells).toHaveLength(15);
  for (const [i, cell] of cells.entries()) expect(cell).toMatch(i === 4 ? /^none$/ : /^[\d.]+$/);
  expect(await page.locator('.ratio-plot circle').count()).toBe(4);
  await checkReport(page, made.folder.path('mechanism.html'));
  expect(await faults(page)).toEqual([]);

  await run(page, 'Sensitivity');
  // Coded values leave attention as it is; coded keys move it.
  await button(page, 'attention moved').click();
  const readMap = async (side: 'Keys' | 'Values') => {
    const map = page.getByRole('application', { name: `${side} at 4 bits: attention moved` });
    await map.focus();
    await page.keyboard.press('t');
    const table = page.getByRole('region', { name: `${side} at 4 bits: attention moved: numbers` });
    const cells = (await table.locator('td').allInnerTexts()).map(Number);
    await page.keyboard.press('Escape');
    return cells;
  };
  const [keys, values] = [await readMap('Keys'), await readMap('Values')];
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.every((moved) => moved > 0)).toBe(true);
  expect(new Set(values)).toEqual(new Set([0]));
  expect(await page.locator('.pair-strip tbody tr').first().locator('td').count()).toBe(4);
  await page.locator('.compared tr.suggested').waitFor();
  await page
    .locator('.finding')
    .getByText(/cannot be told apart|diverges/)
    .first()
    .waitFor();
  await checkReport(page, made.folder.path('sensitivity.html'));
  expect(await faults(page)).toEqual([]);
  await page.locator('.compared tr.suggested').getByRole('button').click();
  await page.getByLabel('Prompt', { exact: true }).waitFor();
  expect(errors).toEqual([]);
});
