import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { button, closeRecording, loadFile, report, runOut, write } from '../live-page';
import { PROMPT, withModel } from '../with-model';

const { made, open } = withModel();

it('saves the run on screen as one file that opens without a network, with every number of the run', async () => {
  const { page, errors } = await open();
  await closeRecording(page);
  await loadFile(page, made.model);
  await write(page, PROMPT);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('Output', { exact: true }).fill('12');
  await page.keyboard.press('Enter');
  await runOut(page);
  const run = await report(page);
  const coming = page.waitForEvent('download');
  await button(page, 'Report').click();
  const path = made.folder.path('report.html');
  await (await coming).saveAs(path);
  const html = await readFile(path, 'utf8');
  for (const { kl } of run.lanes[0].steps) expect(html).toContain(String(kl));

  const saving = page.waitForEvent('download');
  await button(page, 'Save KL per step as a picture or table').click();
  await button(page, 'Save KL per step as SVG').click();
  const svg = await readFile(await (await saving).path(), 'utf8');
  expect(svg).toMatch(/^<svg xmlns/);
  expect(svg).toContain('KL per step');
  await button(page, 'Save KL per step as a picture or table').click();
  const pixels = page.waitForEvent('download');
  await button(page, 'Save KL per step as PNG').click();
  expect((await readFile(await (await pixels).path())).subarray(1, 4).toString()).toBe('PNG');

  const offline = await page.context().browser()?.newContext({ offline: true, javaScriptEnabled: false });
  const other = await offline?.newPage();
  const faults: string[] = [];
  other?.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  other?.on('requestfailed', (request) => faults.push(request.url()));
  await other?.goto(pathToFileURL(path).href);
  expect(await other?.locator('figure svg').count()).toBeGreaterThanOrEqual(3);
  expect(await other?.getByText('SHA-256').count()).toBe(1);
  expect(await other?.locator('a[href*="#v"]').count()).toBe(1);
  expect(faults).toEqual([]);
  expect(errors).toEqual([]);
});
