import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const LAYER = "[role=dialog], [role=alertdialog], [role=menu]";

/** Light and dark differ in colours alone, which a narrow screen shares with a wide one. */
const VIEWS = [
  { width: 1440, schemes: ["light", "dark"] },
  { width: 320, schemes: ["light"] },
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

/** Wide and narrow, light and dark: axe finds nothing serious or critical, and nothing is wider than the screen. */
export async function expectAccessible(page: Page, open: () => Promise<void>): Promise<void> {
  for (const { width, schemes } of VIEWS) {
    await page.setViewportSize({ width, height: 900 });
    // Nothing may be on its way from one colour to another when it is looked at.
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await open();
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await serious(page), `${colorScheme}, ${width} wide`).toEqual([]);
    }
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}
