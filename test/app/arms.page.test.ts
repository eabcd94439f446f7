import { expect, it } from 'vitest';
import { button, closeRecording, loadFile, report, runOut, write } from './live-page';
import { PROMPT, withModel } from './with-model';

const { made, open } = withModel();

it('holds two caches of the same bytes against each other in one run, and says whether the difference is a finding', async () => {
  const { page, errors } = await open();
  await closeRecording(page);
  await loadFile(page, made.model);
  await write(page, PROMPT);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('Output', { exact: true }).fill('72');
  await page.keyboard.press('Enter');
  await button(page, 'A / B').click();
  await page.getByText('Equal budget: K + V = 6 bits').waitFor();
  await page.getByText('0 B apart').waitFor();
  await page.getByRole('slider', { name: 'Arm B, Keys' }).focus();
  await page.keyboard.press('3');
  await page.locator('.arm-b .arm-head button', { hasText: 'B K3 V3' }).waitFor();
  await page.keyboard.press('2');
  await page.locator('.arm-b .arm-head button', { hasText: 'B K2 V4' }).waitFor();
  await runOut(page);
  const run = await report(page);
  expect(run.lanes.length).toBe(2);
  const [a, b] = run.lanes.map(({ steps }) => steps.map(({ kl }) => kl));
  expect(a).not.toEqual(b);
  await page.getByText('0 B apart').waitFor();
  // The panel follows the run a third of a second behind.
  await page
    .locator('.paired')
    .getByText(/finding/i)
    .waitFor();
  const line = (await page.locator('.paired').textContent()) ?? '';
  expect(line).toMatch(
    /^(A finding: [AB] is nearer to FP16|No finding: A is nearer) on \d+ of \d+ steps|A finding: [AB] is nearer to FP16, on/,
  );
  expect(line).toContain('Both take the same bytes.');
  expect(line).toMatch(/95 % interval .* sign test over blocks p = \d/);
  await button(page, 'one arm').click();
  await page.getByRole('slider', { name: 'Keys, bits per value' }).waitFor();
  expect(errors).toEqual([]);
});
