import AxeBuilder from '@axe-core/playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { formatLink } from '../../app/link';
import { emptyContent } from '../../app/link-row';
import { defaultConfig } from '../../gpu/kv/config';
import type { OpenOptions, OpenPage } from '../setup/page';
import { openPage, RECORDING } from '../setup/page';
import { closeRecording } from './live-page';

let opened: OpenPage | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function open(options: OpenOptions = {}) {
  opened = await openPage(options);
  return opened;
}

const phone: OpenOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

function link(): string {
  const content = emptyContent();
  content.settings.text = 'The lamp had burned all night';
  content.settings.lanes = [defaultConfig(8, 3)];
  content.model = { ref: 'owner/repo/file.gguf', sha12: '0123456789ab' };
  return formatLink(content);
}

async function openBehind(options: OpenOptions = {}) {
  const one = await open(options);
  await closeRecording(one.page);
  return one;
}

describe('the page without a model', () => {
  it('offers ways to a model, says why Run is off, and has no accessibility fault', async () => {
    const { page, errors } = await openBehind();
    await page.getByRole('heading', { name: 'Choose a model' }).waitFor();
    await page.getByText('load a model first').first().waitFor();
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
    const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(found.violations.map((violation) => violation.id)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('fits a phone without sideways scroll', async () => {
    const { page } = await openBehind(phone);
    await page.getByRole('tab', { name: 'Setup' }).click();
    for (const tab of ['Text', 'KL', 'Attention', 'Setup']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
    const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(found.violations.map((violation) => violation.id)).toEqual([]);
  });

  it('sets bits by key on a focused ruler, and lists the keys', async () => {
    const { page } = await openBehind();
    const keys = page.getByRole('slider', { name: 'Keys, bits per value' });
    await keys.focus();
    await page.keyboard.press('8');
    expect(await keys.getAttribute('aria-valuetext')).toBe('Keys 8 bits, effective 9.00');
    await page.keyboard.press('ArrowRight');
    expect(await keys.getAttribute('aria-valuetext')).toBe('Keys 16 bits, effective 16.00');
    await keys.evaluate((node: HTMLElement) => node.blur());
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('says that there is no GPU and keeps working', async () => {
    const { page } = await openBehind({ webgpu: false });
    await page
      .getByRole('alert')
      .getByText(/no WebGPU|no usable graphics adapter/)
      .first()
      .waitFor();
    await page.getByText('Run needs a live engine').first().waitFor();
    await page.getByRole('button', { name: 'How to turn WebGPU on' }).click();
    await page.getByRole('dialog').waitFor();
  });
});

describe('links', () => {
  it('open beside own work, and become plain with the first edit', async () => {
    const { page, url } = await open({ at: `${RECORDING}#${link()}` });
    await page.getByText('You opened a link.').waitFor();
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('The lamp had burned all night');
    expect(await page.locator('.ruler-bits').allTextContents()).toEqual(['8', '3']);
    await page.getByText('This link was made with owner/repo/file.gguf').waitFor();
    await page.getByRole('button', { name: 'Keys 2 bits, values 4 bits' }).click();
    await page.getByText('forked from link').first().waitFor();
    expect(page.url()).toBe(url.split('#')[0]);
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Back to my own work' }).click();
    await closeRecording(page);
    await page.getByRole('heading', { name: 'Choose a model' }).waitFor();
    await page.waitForFunction(() => document.querySelector('.ruler-bits')?.textContent === '4');
  });

  it.each([-1, -9, -40])('cut by %i characters get a page of their own', async (cut) => {
    const { page } = await open({ at: `#${link().slice(0, cut)}` });
    await page.getByText('This link is damaged').waitFor();
    expect(await page.locator('.ruler, canvas').count()).toBe(0);
  });
});
