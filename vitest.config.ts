import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const shared = {
  pool: "forks",
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // Vitest's default of one second is too short for a busy machine.
  expect: { poll: { timeout: 30_000 } },
} as const;

export default defineConfig({
  test: {
    // PostgreSQL needs CPU too, but it waits for the disk most of the time. More workers than four gain little.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        // `npm run test:fast`: no database, no other process.
        test: {
          ...shared,
          name: "fast",
          include: ["{components,schemas}/**/*.test.ts", "server/**/*.fast.test.ts"],
        },
      },
      {
        resolve: { alias },
        // On a real PostgreSQL: one server for the run, one database for each test file.
        test: {
          ...shared,
          name: "database",
          include: ["server/**/*.test.ts"],
          exclude: ["**/*.fast.test.ts"],
          globalSetup: "server/testing/global-setup.ts",
        },
      },
    ],
  },
});
