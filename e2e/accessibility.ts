import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const LAYER = "[role=dialog], [role=alertdialog], [role=menu]";
/** Elements that repeat the structure of earlier ones. Checking the contrast of each would take most of the time. */
const REPETITIONS = [
  "[role=rowgroup] > [role=row]:nth-child(n+11)",
  // In the API reference, operations after the first of each topic, and fields after the tenth.
  "article ~ article",
  "article li:nth-child(n+11)",
].join(", ");

/** Each view covers one layout and one color scheme. All four combinations find nothing more. */
const VIEWS = [
  { width: 1440, colorScheme: "light" },
  { width: 320, colorScheme: "dark" },
] as const;

/** Returns the issues that axe rates serious or critical, within the open dialog or menu, or else on the whole page. */
export async function seriousIssues(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).exclude(REPETITIONS);
  if ((await page.locator(LAYER).count()) > 0) axe.include(LAYER);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

/** Expects no serious accessibility issue and no horizontal scrolling, on a wide light and on a narrow dark screen. */
export async function expectAccessible(page: Page, open: () => Promise<void>): Promise<void> {
  for (const { width, colorScheme } of VIEWS) {
    await page.setViewportSize({ width, height: 900 });
    // A color that is still fading would be measured halfway.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open();
    expect.soft(await seriousIssues(page), `${colorScheme}, ${width} wide`).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}
