import { existsSync } from "node:fs";
import { chromium, defineConfig } from "@playwright/test";

/** An explicit choice, Playwright's own browser, or the system's. */
function browserPath(): string | undefined {
  const candidates = [
    process.env["TRAILPORT_BROWSER"],
    chromium.executablePath(),
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
  ];
  return candidates.find((candidate) => candidate !== undefined && existsSync(candidate));
}

const executablePath = browserPath();

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start-trailport.ts",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-US",
    timezoneId: "UTC",
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      // Chromium's sandbox refuses to run as root.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
