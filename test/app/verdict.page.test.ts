import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, closeRecording, loadFile, reach, report, setBits, write } from './live-page';
import { withModel } from './with-model';

const { made, open } = withModel();
const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
const breaks = (page: Page) => page.getByRole('region', { name: 'What breaks first' });
const row = (page: Page, name: string) => breaks(page).getByRole('listitem').filter({ hasText: name });
const cursor = async (page: Page) => Number(await page.locator('.step-now').textContent());

it('a recording: verdict of both arms, first failing steps, a jump there, the numbers as a table', async () => {
  const { page, errors } = await open();
  await page.locator('.strip.recording').waitFor();
  const scrub = page.getByRole('slider', { name: 'Step on show' });
  await scrub.focus();
  await page.keyboard.press('End');
  await reach(page, 95);
  await expect.poll(() => verdict(page).getByText('breaks').count(), { timeout: 20_000 }).toBe(2);
  await row(page, 'Attention jitter').getByText('step 16').waitFor();
  await row(page, 'Instruction decay').getByText('free-running only').waitFor();
  await breaks(page).getByText('Thresholds calibrated on SmolLM2-135M-Instruct.Q4_1, 13 bundled prompts').waitFor();
  await button(page, 'Go to step 16, Attention jitter').click();
  await expect.poll(() => cursor(page)).toBe(16);
  expect(await page.locator('.head-map select').inputValue()).toBe('flip');
  await breaks(page).getByRole('button', { name: 'Numbers' }).click();
  await breaks(page).getByText('rows 76–96 of 96').waitFor();
  await page.keyboard.press('Escape');
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
  expect(errors).toEqual([]);
});

it('free-running: no verdict, lanes side by side from where they part, detectors in the downloaded run', async () => {
  const { page, errors } = await open();
  await closeRecording(page);
  await loadFile(page, made.model);
  await write(page, 'Tell me about the lamp in one sentence.');
  await setBits(page, 'Keys', 2);
  await setBits(page, 'Values', 2);
  await button(page, 'free-running').click();
  await button(page, 'Run').click();
  await reach(page, 24);
  await button(page, 'Pause').click();
  await verdict(page).getByText('no verdict').waitFor();
  await row(page, 'Instruction decay').locator('svg').first().waitFor();
  expect(await row(page, 'Instruction decay').textContent()).not.toContain('free-running only');
  const { lanes } = await report(page);
  const [lane] = lanes as unknown as { detectors: { id: string; steps: number }[] }[];
  expect(lane.detectors.find(({ id }) => id === 'instruction')?.steps).toBeGreaterThan(0);
  // Wherever the lanes part, all of them begin a line.
  const first = await page.locator('.lane .fd').first().getAttribute('data-step');
  if (first !== null) {
    const starts = await page.evaluate(
      (step) =>
        [...document.querySelectorAll(`.lane [data-step="${step}"]`)].map(
          (node) => node.parentElement?.firstElementChild === node,
        ),
      first,
    );
    expect(starts).toEqual([true, true]);
  }
  expect(errors).toEqual([]);
});
