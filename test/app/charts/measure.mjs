// Main-thread milliseconds per animation frame at 1,000 steps, one new step per frame: node test/app/charts/measure.mjs
// The gate is 8 ms. Production build, everything the main thread does is counted (script, style, layout, paint).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';

const gate = 8;
/** Animation frames in a window; the quietest of the windows counts, other work on the machine only adds. */
const shown = 75;
const windows = 3;
const parts = ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];
const outDir = join('.cache', `charts-${process.pid}`);
const input = 'test/app/charts/harness.html';
process.env.NODE_ENV = 'production';
await build({ logLevel: 'warn', build: { outDir, emptyOutDir: true, rollupOptions: { input } } });
const server = await preview({ logLevel: 'warn', build: { outDir }, preview: { port: 5220, host: '127.0.0.1' } });
const base = server.resolvedUrls?.local[0];
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
let worst = 0;
for (const query of ['steps=1000&lanes=2', 'steps=1000&lanes=2&prompt=900', 'steps=1000&lanes=3']) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`${base}${input}?${query}`);
  await page.waitForSelector('html[data-ready]', { timeout: 60_000 });
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
  };
  await page.evaluate('play(20)');
  /** @type {Record<string, number>} */
  let best = { TaskDuration: Number.POSITIVE_INFINITY };
  for (let window = 0; window < windows; window++) {
    const before = await read();
    await page.evaluate(`play(${shown})`);
    const after = await read();
    const cost = Object.fromEntries(parts.map((name) => [name, (after[name] - before[name]) / shown]));
    if (cost.TaskDuration < best.TaskDuration) best = cost;
  }
  const words = parts.map((name) => `${name.replace('Duration', '')} ${best[name].toFixed(2)} ms`);
  console.log(query, words.join(', '));
  worst = Math.max(worst, best.TaskDuration);
  await page.close();
}
await browser.close();
await new Promise((resolve) => server.httpServer.close(resolve));
rmSync(outDir, { recursive: true, force: true });
console.log(`worst ${worst.toFixed(2)} ms per frame, gate ${gate} ms`);
process.exit(worst <= gate ? 0 : 1);
