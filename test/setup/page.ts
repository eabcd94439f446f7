import type { BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { inject } from 'vitest';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';

/** Plays a recording and loads nothing. */
export const RECORDING = '?play=keys-or-values';

export interface OpenOptions extends BrowserContextOptions {
  /** What follows the address: '#l=k=4+v=2', '?x=1'; '' is a first visit, which loads Pocket. */
  at?: string;
  /** False launches Chromium without any WebGPU adapter. */
  webgpu?: boolean;
  /** Runs before the page loads: routes, init scripts. */
  before?: (page: Page) => Promise<void>;
}

export interface OpenPage {
  page: Page;
  url: string;
  /** console.error, uncaught exceptions and failed requests so far; tests end with `expect(errors).toEqual([])`. */
  errors: string[];
  close: () => Promise<void>;
}

/** Opens the built page in a browser of its own; close it in `afterEach` or `finally`. */
export async function openPage({
  at = RECORDING,
  webgpu = true,
  before,
  ...context
}: OpenOptions = {}): Promise<OpenPage> {
  const gpuFlag = /webgpu/;
  const args = webgpu ? chromiumArgs : chromiumArgs.filter((flag) => !gpuFlag.test(flag));
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...context });
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      // A request the page itself gave up (a cancelled load) is no error.
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') errors.push(`request failed: ${request.url()} ${why}`);
    });
    await before?.(page);
    const url = `${inject('pageUrl')}${at}`;
    await page.goto(url);
    return { page, url, errors, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
