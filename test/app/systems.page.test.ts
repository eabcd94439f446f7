import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatLink } from '../../app/link';
import { emptyContent } from '../../app/link-row';
import { find } from '../../gpu/kv/catalog';
import { parseLane } from '../../gpu/kv/lane';
import type { OpenOptions, OpenPage } from '../setup/page';
import { button, closeRecording, copyLink, loadFile, ruler, runOut } from './live-page';
import { PROMPT, withModel } from './with-model';

const phone: OpenOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const { made, open } = withModel({ headDim: 64, hidden: 128 });

/** The page behind the recording that a first visit plays. */
async function openBehind(options: OpenOptions = {}): Promise<OpenPage> {
  const one = await open(options);
  await closeRecording(one.page);
  return one;
}

const system = (page: Page) => page.getByRole('combobox', { name: 'System', exact: true });
const sheet = (page: Page, name: 'Run' | 'Compare') => page.getByRole('button', { name: new RegExp(`^${name}: `) });
const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);
const rows = (page: Page) => page.locator('.compare-table tbody tr:not(.reference, .about-row)');

describe('the system picker', () => {
  it('fills the controls, tells what makes a lane custom, and goes back', async () => {
    const { page, errors } = await openBehind();
    await system(page).selectOption('kivi');
    await ruler(page, 'Keys').focus();
    await page.keyboard.press('4');
    await expect.poll(() => page.locator('.ruler-bits').allTextContents()).toEqual(['4', '2']);
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('.ruler-bits').first().textContent()).toBe('8');
    await button(page, 'Settings of KIVI').click();
    await page.getByLabel('Residual length').fill('32');
    await page.keyboard.press('Enter');
    await button(page, 'More').click();
    await page.getByLabel('Sinks', { exact: true }).fill('4');
    await page.keyboard.press('Enter');
    await page.getByText('custom, from KIVI').waitFor();
    await page.getByText('sinks=4').waitFor();
    expect(await copyLink(page)).toContain('l=system=kivi+k=8+window=32+sinks=4');
    await button(page, 'Back to KIVI').click();
    await page.getByText('custom, from KIVI').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Residual length').inputValue()).toBe('32');
    await button(page, 'About KIVI').click();
    await page.getByText('Published, not measured here').waitFor();
    expect(await page.getByRole('link', { name: 'Paper' }).getAttribute('href')).toContain('arxiv.org');
    expect(await faults(page)).toEqual([]);
    await system(page).selectOption('');
    expect(await page.locator('.ruler-bits').allTextContents()).toEqual(['8', '2']);
    expect(errors).toEqual([]);
  });

  it('gives a ruler the words of a system, and shows a width that has nothing to choose', async () => {
    const { page, errors } = await openBehind();
    await system(page).selectOption('llamacpp');
    const keys = page.getByRole('slider', { name: 'Keys, width' });
    await keys.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => keys.getAttribute('aria-valuetext')).toMatch(/^Keys (q4_0|iq4_nl), effective 4.50$/);
    await page.getByRole('combobox', { name: 'Keys: choose a width' }).selectOption('q5_1');
    await expect.poll(() => keys.getAttribute('aria-valuetext')).toBe('Keys q5_1, effective 6.00');
    await system(page).selectOption('lmdeploy');
    await page.getByText('LMDeploy sets the widths itself.').first().waitFor();
    await page.getByLabel(find('system', 'lmdeploy').params[0].title, { exact: true }).selectOption('4');
    await expect.poll(() => page.locator('.ruler-bits').allTextContents()).toEqual(['4', '4']);
    expect(errors).toEqual([]);
  });

  it('says which widths the lane does not have', async () => {
    const { page } = await openBehind();
    await system(page).selectOption('adaquant');
    await ruler(page, 'Values').focus();
    await page.keyboard.press('8');
    await page.getByText('KV-AdaQuant has no 8 bits; it has 2, 4.').waitFor();
    expect(await button(page, 'Keys 8 bits, values 8 bits').isDisabled()).toBe(true);
  });
});

describe('Compare', () => {
  it('ranks the lanes of a run, live; lanes come and go; a link opens the same table', async () => {
    const content = emptyContent();
    const lanes = ['k=4 v=2', 'system=kivi window=32'].map(parseLane);
    Object.assign(content.settings, { text: PROMPT, steps: 24, lanes });
    const { page, errors } = await open({ at: `#${formatLink(content)}` });
    await loadFile(page, made.model);
    await sheet(page, 'Compare').click();
    await page.getByRole('heading', { name: 'Two lanes, one prompt, one pass' }).waitFor();
    const add = page.getByLabel(/^Add a system/);
    await add.selectOption('llamacpp');
    await add.selectOption('2/2');
    await page.getByRole('heading', { name: 'Four lanes, one prompt, one pass' }).waitFor();
    await runOut(page);
    await expect.poll(() => rows(page).locator('.rank').allTextContents()).toHaveLength(4);
    const first = () => rows(page).first().locator('.open').textContent();
    await expect.poll(first).toBe('llama.cpp');
    await button(page, 'effective bits, now').click();
    await expect.poll(first).not.toBe('llama.cpp');
    expect(await page.locator('th[aria-sort=ascending]').textContent()).toBe('effective bits, now');
    await page.locator('.frontier circle').first().waitFor();
    expect(await faults(page)).toEqual([]);

    const link = await copyLink(page);
    const other = await open({ at: link.slice(link.indexOf('#')) });
    await other.page.getByRole('heading', { name: 'Four lanes, one prompt, one pass' }).waitFor();

    await button(page, 'Remove llama.cpp').click();
    await page.getByRole('heading', { name: 'Three lanes, one prompt, one pass' }).waitFor();
    expect(await rows(page).locator('.rank').allTextContents()).toEqual(['1', '2', '3']);
    await button(page, 'KIVI').click();
    await expect.poll(() => system(page).inputValue()).toBe('kivi');
    expect([...errors, ...other.errors]).toEqual([]);
  });

  it('fits a phone, also with seven lanes', async () => {
    const content = emptyContent();
    const lane = ['system=kivi', 'system=llamacpp', 'system=lmdeploy', 'k=4 v=4', 'k=2 v=2', 'k=8 v=8', 'k=3 v=3'];
    content.settings.lanes = lane.map(parseLane);
    content.view.view = 'compare';
    const { page } = await open({ ...phone, at: `#${formatLink(content)}` });
    await expect.poll(() => page.getByRole('tab', { name: 'Compare' }).getAttribute('aria-selected')).toBe('true');
    // Without a model the start panel stands here; the table comes with one.
    await page.locator('input[type=file]').setInputFiles(made.model);
    await rows(page).nth(6).waitFor({ timeout: 120_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await faults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Setup' }).click();
    await page.locator('.system').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await faults(page)).toEqual([]);
  });
});
