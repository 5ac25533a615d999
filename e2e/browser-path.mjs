// Finds the browser for the tests. `npm test` and Playwright's configuration use the same list.
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/**
 * Returns an explicit choice, Playwright's own browser, or the system's. The headless shell comes first: it needs half the CPU,
 * because it draws no window.
 * @returns {string | undefined} undefined if there is no browser
 */
export function browserPath() {
  return [
    process.env.TRAILPORT_BROWSER,
    chromium.executablePath(),
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
  ].find((path) => path && existsSync(path));
}
