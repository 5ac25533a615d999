import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    include: ["server/**/*.test.ts", "schemas/**/*.test.ts", "components/**/*.test.ts"],
    globalSetup: "server/testing/global-setup.ts",
    pool: "forks",
    // PostgreSQL needs a core, too; on large machines more files at once gain little.
    maxWorkers: "50%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
