import { defineConfig } from "@playwright/test";

/** `npm run test:scaled`: two nodes behind a load balancer. */
export default defineConfig({
  testDir: "e2e/scaled",
  // A run empties this folder, and the other browser tests' reports are next to it.
  outputDir: "test-results/scaled",
  globalSetup: "./e2e/scaled/global-setup.ts",
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/scaled.json" }]],
});
