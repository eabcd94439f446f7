// Pictures of the gallery: node test/app/charts/shots.mjs <folder> [state ...]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';

const [folder = '.cache/shots', ...states] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = await createServer({ logLevel: 'warn', server: { port: 5210, host: '127.0.0.1', hmr: false } });
await server.listen();
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
let failed = false;
for (const state of states.length > 0 ? states : ['main', 'ab', 'empty', 'missing', 'free', 'many']) {
  for (const theme of ['light', 'dark']) {
    for (const width of [1440, 390]) {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      page.on('pageerror', (error) => {
        failed = true;
        console.error(state, theme, width, error.message);
      });
      page.on(
        'console',
        (message) => message.type() === 'error' && console.error(state, message.text(), message.location().url),
      );
      await page.goto(
        `http://127.0.0.1:${server.config.server.port}/test/app/charts/gallery.html?state=${state}&theme=${theme}`,
      );
      await page.waitForSelector('html[data-ready]', { timeout: 60_000 });
      await page.locator('.gallery').screenshot({ path: join(folder, `${state}-${theme}-${width}.png`) });
      await page.close();
    }
  }
}
await browser.close();
await server.close();
process.exitCode = failed ? 1 : 0;
