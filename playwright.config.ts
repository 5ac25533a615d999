import { defineConfig } from "@playwright/test";
import { launchOptions } from "./e2e/browser";

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
    launchOptions,
  },
});
