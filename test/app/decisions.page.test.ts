import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { formatLink } from '../../app/link';
import { emptyContent } from '../../app/link-row';
import { parseLane } from '../../gpu/kv/lane';
import type { OpenOptions, OpenPage } from '../setup/page';
import { loadFile, runOut } from './live-page';
import { PROMPT, withModel } from './with-model';

const STEPS = 12;
const { made, open } = withModel({ headDim: 64, hidden: 128 });

async function openLane(lane: string, options: OpenOptions = {}): Promise<OpenPage> {
  const content = emptyContent();
  Object.assign(content.settings, { text: PROMPT, steps: STEPS, lanes: [parseLane(lane)] });
  const one = await open({ at: `#${formatLink(content)}`, ...options });
  return one;
}

const panel = (page: Page) => page.locator('.panel.decisions');
const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);

it('shows which tokens stay, by pointer, keys and table', async () => {
  const { page, errors } = await openLane('system=snapkv cap=16 window=8');
  await loadFile(page, made.model);
  await panel(page).getByText('Decided as the prompt is read').waitFor();
  await runOut(page);
  await panel(page)
    .getByText(`after step ${STEPS - 1}`)
    .waitFor();
  // The prompt keeps 16 tokens, and every token since.
  await expect.poll(() => panel(page).locator('.decision-key').first().textContent()).toBe(`exact ${16 + STEPS - 1}`);
  const strip = panel(page).getByRole('application', { name: /^Tokens as SnapKV/ });
  await strip.focus();
  await page.keyboard.press('Home');
  await panel(page)
    .getByText(/^token 0, “.+”: (exact|evicted)$/)
    .first()
    .waitFor();
  await page.keyboard.press('t');
  await panel(page).getByRole('columnheader', { name: 'stored' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await faults(page)).toEqual([]);
  expect(errors).toEqual([]);
});

it('shows the rows of a query head where each has its own, and counts every copy', async () => {
  const { page, errors } = await openLane('system=snapkv cap=16 window=8 heads=query');
  await loadFile(page, made.model);
  await runOut(page);
  await panel(page).getByText('L0, query head 0').waitFor();
  await expect.poll(() => panel(page).locator('.decision-key').first().textContent()).toBe(`exact ${16 + STEPS - 1}`);
  const counts = await panel(page).locator('.decision-key b').allTextContents();
  const tokens = counts.reduce((sum, count) => sum + Number(count), 0);
  // Two query heads read the one KV head of this model; tables come on top of the rows.
  const ratio = Number.parseFloat((await page.locator('.panel.memory .figures b').first().textContent()) ?? '');
  expect(ratio).toBeGreaterThan((2 * (16 + STEPS - 1)) / tokens);
  expect(errors).toEqual([]);
});

it('draws what was measured of layers, on a phone too', async () => {
  const { page, errors } = await openLane('system=simlayerkv tau=0.05 sinks=1 recent=4', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.locator('input[type=file]').setInputFiles(made.model);
  await page.getByRole('tab', { name: 'Attention' }).click();
  await panel(page).waitFor({ timeout: 60_000 });
  await runOut(page);
  const layers = panel(page).getByRole('application', { name: /^Layers of/ });
  await panel(page)
    .getByText(/layers have S above 0.05$/)
    .waitFor();
  await layers.focus();
  await page.keyboard.press('ArrowRight');
  await panel(page)
    .getByText(/S \d\.\d\d, above 0\.05: lazy$/)
    .first()
    .waitFor();
  expect(await faults(page)).toEqual([]);
  expect(errors).toEqual([]);
});
