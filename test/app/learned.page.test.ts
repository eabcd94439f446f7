import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { formatLink } from '../../app/link';
import { emptyContent } from '../../app/link-row';
import { parseLane } from '../../gpu/kv/lane';
import { button, copyLink, loadFile, runOut } from './live-page';
import { PROMPT, withModel } from './with-model';

const { made, open } = withModel({ headDim: 64, hidden: 128 });

const link = (lane: string): string => {
  const content = emptyContent();
  Object.assign(content.settings, { text: PROMPT, steps: 12, lanes: [parseLane(lane)] });
  return `#${formatLink(content)}`;
};
const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);

it('says that what a system learned is kept, uses it on the next visit, and forgets it', async () => {
  const { page, errors } = await open({ at: link('system=qwc budget=3') });
  await loadFile(page, made.model);
  await runOut(page);
  await page.getByText('what they learned is kept in this browser').waitFor();

  await page.reload();
  await loadFile(page, made.model);
  await runOut(page);
  await page.getByText('learned from this model on an earlier visit').waitFor();
  expect(await faults(page)).toEqual([]);

  await button(page, 'Forget it').click();
  await page.getByText('Forgotten: the next run learns again.').waitFor();
  await page.getByText('learned from this model on an earlier visit').waitFor({ state: 'detached' });
  await runOut(page);
  await page.getByText('what they learned is kept in this browser').waitFor();
  expect(errors).toEqual([]);
});

it('runs where the browser has no database, and says that nothing is kept', async () => {
  const { page, errors } = await open({
    at: link('system=qwc budget=3'),
    before: async (one) => {
      await one.addInitScript(() => {
        // Workers have a scope of their own: the page's engine is given one that refuses.
        const Plain = Worker;
        window.Worker = class extends Plain {
          constructor(url: string | URL, options?: WorkerOptions) {
            const script = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
            const refuse = `Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('blocked', 'SecurityError'); } });`;
            const { href } = new URL(url, location.href);
            super(script(`import '${script(refuse)}'; import '${href}';`), { ...options, type: 'module' });
          }
        };
      });
    },
  });
  await loadFile(page, made.model);
  await runOut(page);
  await page.getByText('the next visit learns again').waitFor();
  expect(errors).toEqual([]);
});

it('marks what is selected in the prompt as bulk for AKVQ-VL, in the lane, the link and the strip', async () => {
  const { page, errors } = await open({ at: link('system=akvq recent=2 pivots=1') });
  await loadFile(page, made.model);
  const settings = button(page, 'Settings of AKVQ-VL');
  if ((await settings.getAttribute('aria-expanded')) === 'false') await settings.click();
  await button(page, 'Mark the selection in the prompt as bulk').click();
  await page.getByText('Select a part of the prompt first').waitFor();
  await page.getByLabel('Prompt', { exact: true }).evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(4, 20));
  await button(page, 'Mark the selection in the prompt as bulk').click();
  await expect.poll(() => page.getByLabel('Bulk tokens').inputValue()).toMatch(/^\d+-\d+$/);
  const span = await page.getByLabel('Bulk tokens').inputValue();
  expect(await copyLink(page)).toContain(`bulk=${span}`);
  await runOut(page);
  const panel = page.locator('.panel.decisions');
  await panel.getByText('2 bits').first().waitFor();
  await panel.getByText('4 bits').first().waitFor();
  expect(errors).toEqual([]);
});
