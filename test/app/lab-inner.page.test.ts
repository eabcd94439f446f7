import AxeBuilder from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { button, closeRecording, loadFile, write } from './live-page';
import { PROMPT, withModel } from './with-model';

const { made, open } = withModel({ layers: 4 });

it('Mechanism measures weights, cache and errors of every layer and says what the norms tell', async () => {
  const { page, errors } = await open();
  await closeRecording(page);
  await loadFile(page, made.model);
  await write(page, PROMPT);
  await page.locator('.views').getByText('Lab', { exact: true }).click();
  await page.getByRole('navigation', { name: 'Experiments' }).getByRole('button', { name: 'Mechanism' }).click();
  const steps = page.getByRole('spinbutton', { name: 'Most steps measured' });
  await steps.fill('12');
  await steps.press('Enter');
  await button(page, 'Start').click();
  await page.getByText('4 of 4 passes').waitFor({ timeout: 150_000 });
  await page.getByText(/rank correlation .* n = 4 layers/).waitFor();
  const cells = await page.locator('.layer-table tbody tr').first().locator('td').allInnerTexts();
  expect(cells).toHaveLength(15);
  for (const [i, cell] of cells.entries()) expect(cell).toMatch(i === 4 ? /^none$/ : /^[\d.]+$/);
  expect(await page.locator('.ratio-plot circle').count()).toBe(4);
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(found.violations.map((violation) => violation.id)).toEqual([]);
  expect(errors).toEqual([]);
});
