import { defineConfig } from "@playwright/test";
import { launchOptions } from "./e2e/browser";

export default defineConfig({
  testDir: "e2e",
  // playwright.scaled.config.ts
  testIgnore: "scaled/**",
  globalSetup: "./e2e/global-setup.ts",
  // Browsers share two cores with everything they test: nothing may fail because it is slow.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // Each worker starts its own Trailport, so tests that run at the same time don't see each other's data.
  // Three keep two cores busy: each waits for its own web process and database now and then.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-US",
    timezoneId: "UTC",
    launchOptions,
  },
});
