import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What reads as one number: thousands may be parted by thin spaces. */
const NUMBER = /\d[\d\u2009]*(?:\.\d+)?/g;
const numbersIn = (text: string): Set<string> =>
  new Set([...text.matchAll(NUMBER)].map(([number]) => number.replaceAll('\u2009', '')));

/** Every text of the open section, one piece a line; of a menu only what is chosen, of a switch only what is on. */
const shownText = (page: Page): Promise<string> =>
  page.locator('.lab-body').evaluate((body) => {
    const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const pieces: string[] = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest('option, [aria-pressed="false"], .unseen')) pieces.push(node.textContent ?? '');
    for (const select of body.querySelectorAll('select')) pieces.push(select.selectedOptions[0]?.text ?? '');
    for (const input of body.querySelectorAll('input[type="number"]')) pieces.push((input as HTMLInputElement).value);
    return pieces.join('\n');
  });

/**
 * Saves the report of the section on show, opens it without a network and without scripts, and holds every number that the page
 * shows against it. Returns the report's text.
 */
export async function checkReport(page: Page, path: string): Promise<string> {
  const shown = await shownText(page);
  const coming = page.waitForEvent('download');
  await page.locator('.job-bar').getByRole('button', { name: 'Report' }).click();
  await (await coming).saveAs(path);
  expect(await readFile(path, 'utf8')).not.toMatch(/<script|<link|@import|url\((?!#)/);
  const context = await page.context().browser()?.newContext({ offline: true, javaScriptEnabled: false });
  const other = (await context?.newPage()) as Page;
  const faults: string[] = [];
  other.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  other.on('requestfailed', (request) => faults.push(request.url()));
  await other.goto(pathToFileURL(path).href);
  const text = await other.locator('body').evaluate((body) => {
    const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const pieces: string[] = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) pieces.push(node.textContent ?? '');
    return pieces.join('\n');
  });
  const held = numbersIn(text);
  const lost = [...numbersIn(shown)].filter((number) => !held.has(number));
  expect(lost, 'numbers of the page that the report lacks').toEqual([]);
  expect(numbersIn(shown).size).toBeGreaterThan(20);
  expect(faults).toEqual([]);
  await context?.close();
  return text;
}
