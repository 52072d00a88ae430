/** The pages that cdkpipe writes, in a browser: accessible, inside the screen, and with their own policy in force. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diagramPlan } from '../../src/diagram/diagram-plan.ts';
import { planPage } from '../../src/diagram/plan-page.ts';
import { ordersPlan } from '../../src/outline/orders-plan.test.fixture.ts';
import { outlinePlan } from '../../src/outline/outline-plan.ts';
import { failedRun } from '../../src/run-page/failed-run.test.fixture.ts';
import { runPage } from '../../src/run-page/run-page.ts';
import { chromiumPath, launchChromium, noBrowser } from './browser.test.fixture.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const outline = outlinePlan(ordersPlan);
const run = failedRun(10, 5);
const pages = {
  plan: planPage(diagramPlan(ordersPlan, outline), outline),
  report: runPage(run.view, run.records, (id) => (id.endsWith(':execute') ? undefined : `log of ${id}\n`.repeat(40))),
};

let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPath === undefined) console.warn(noBrowser);
  else browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

const cases = (['plan', 'report'] as const).flatMap((name) =>
  (['light', 'dark'] as const).flatMap((scheme) => [390, 1280].map((width) => [name, scheme, width] as const)),
);

test.skipIf(chromiumPath === undefined).each(cases)(
  'the page of a %s, %s and %i pixels wide, is accessible and no wider than the screen',
  async (name, colorScheme, width) => {
    const page = await (browser as Browser).newPage({ colorScheme, viewport: { width, height: 900 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => complaints.push(request.url()));
    await page.setContent(pages[name]);
    // The style is allowed by its hash: without it the page would have the looks of the browser.
    const paper = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(paper).toBe(colorScheme === 'dark' ? 'rgb(15, 19, 24)' : 'rgb(255, 255, 255)');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.evaluate(axe);
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  },
);

test.skipIf(chromiumPath === undefined)(
  'a failure is on the first screen of a phone, and the keyboard reaches its log',
  async () => {
    const page = await (browser as Browser).newPage({ viewport: { width: 390, height: 844 } });
    await page.setContent(pages.report);
    const box = await page.locator('.urgent').first().boundingBox();
    expect((box?.y ?? 844) + 40).toBeLessThan(844);
    await page.locator('.urgent a').first().focus();
    await page.keyboard.press('Enter');
    const target = await page.evaluate("document.querySelector(':target')?.id");
    expect(target).toBe('log-D9-47-Smoke');
    expect(await page.locator(`#${target}`).evaluate((log) => (log as unknown as { open: boolean }).open)).toBe(true);
    await page.close();
  },
);
