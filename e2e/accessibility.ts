import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const LAYER = "[role=dialog], [role=alertdialog], [role=menu]";

/** Every element in one of the layouts, and every colour in one of the schemes: all four together would find nothing more. */
const VIEWS = [
  { width: 1440, colorScheme: "light" },
  { width: 320, colorScheme: "dark" },
] as const;

/** What axe finds serious or critical, with the elements: in the layer that is open, or else in the whole page. */
export async function serious(page: Page): Promise<string[]> {
  // What passes is not worked out any further: on a long page that takes most of the time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if ((await page.locator(LAYER).count()) > 0) axe.include(LAYER);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

/** Wide in light and narrow in dark: axe finds nothing serious or critical, and nothing is wider than the screen. */
export async function expectAccessible(page: Page, open: () => Promise<void>): Promise<void> {
  for (const { width, colorScheme } of VIEWS) {
    await page.setViewportSize({ width, height: 900 });
    // Nothing may be on its way from one colour to another when it is looked at.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open();
    expect.soft(await serious(page), `${colorScheme}, ${width} wide`).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}
