// `npm test` installs what is missing, runs every check and prints the totals. It needs only Node.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { install, isInstalled } from "../server/embedded/launcher/install.mjs";
import { withProgress } from "../server/embedded/host/progress.mjs";
import { startS3Server } from "./s3-server.mjs";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const results = "test-results";
const bin = (name) => join("node_modules", ".bin", name);

/** Runs a command, shows its output, and resolves to whether it succeeded. */
function succeeds(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}

/** Reads a suite's report, or counts one failure if there is none. */
function countsOf(file, read) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  return read(JSON.parse(readFileSync(file, "utf8")));
}

/** Lists the failures in Vitest's report: file, title and the first line of the reason. */
function unitFailures(report) {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    const file = relative(process.cwd(), name);
    if (failed.length === 0 && message) return [`${file}: ${firstLine(message)}`];
    return failed.map((test) => `${file} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
}

/** Lists the failures in Playwright's report, which nests suites. */
function browserFailures({ suites: nested = [], specs = [] }) {
  return [
    ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `e2e/${file} › ${title}`),
    ...nested.flatMap(browserFailures),
  ];
}

const firstLine = (text) => String(text ?? "").split("\n", 1)[0];

/** Creates a suite from a script of package.json that either passes or fails. */
const check = (name, script) => ({
  name,
  run: async () =>
    (await succeeds("npm", ["run", "--silent", script]))
      ? { passed: 1, failed: 0, skipped: 0 }
      : { passed: 0, failed: 1, skipped: 0 },
});

/** Creates a suite of Playwright's, which writes the report `<report>.json`. */
const playwright = (name, report, ...options) => ({
  name,
  run: async () => {
    const file = join(results, `${report}.json`);
    const ok = await succeeds(bin("playwright"), ["test", ...options]);
    const counts = countsOf(file, ({ stats, suites }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      failures: browserFailures({ suites }),
    }));
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  },
});

const suites = [
  check("Format", "format:check"),
  check("Lint", "lint"),
  check("Types", "types"),
  check("Unused code", "unused"),
  {
    name: "Unit and integration tests",
    needsS3: true,
    run: async () => {
      const file = join(results, "unit.json");
      const ok = await succeeds(bin("vitest"), [
        "run",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
      ]);
      const counts = countsOf(file, (report) => ({
        passed: report.numPassedTests,
        failed: report.numFailedTests,
        skipped: report.numPendingTests,
        failures: unitFailures(report),
      }));
      // A test file that can't be loaded has no tests that could fail.
      return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
    },
  },
  check("Build", "build"),
  playwright("Browser and SDK tests", "e2e"),
  playwright("Two nodes behind a load balancer", "scaled", "--config", "playwright.scaled.config.ts"),
];

/** Installs a browser for the tests if there is none: Debian's, or else Playwright's own. */
async function installBrowser() {
  // Needs the installed packages, so it can't be imported at the top.
  const { browserPath } = await import("../e2e/browser-path.mjs");
  if (browserPath() !== undefined) return;
  if (existsSync("/usr/bin/apt-get")) {
    // `-n`: a user without the permission to install packages is not asked for a password.
    const [command, ...prefix] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
    const apt = (...args) => succeeds(command, [...prefix, "-qq", "-o", "Dpkg::Use-Pty=0", ...args]);
    const installs = (name) => apt("install", "-y", "--no-install-recommends", name);
    if ((await apt("update")) && ((await installs("chromium-headless-shell")) || (await installs("chromium")))) return;
  }
  if (await succeeds(bin("playwright"), ["install", "chromium"])) return;
  throw new Error("There is no browser for the tests. Install Chromium, or set TRAILPORT_BROWSER to the path of one.");
}

async function main() {
  if (!isInstalled()) await withProgress("Packages installed", install);
  await installBrowser();
  await import("../prisma/generate.mjs");
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  // Starts in parallel with the first checks, which don't need it.
  const s3 = startS3Server();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failing = [];
  const durations = [];
  for (const suite of suites) {
    const since = performance.now();
    console.log(`\n== ${suite.name}`);
    if (suite.needsS3) await s3;
    const counts = await suite.run();
    for (const key of Object.keys(total)) total[key] += counts[key];
    // Repeated at the end, because a suite's own output may be thousands of lines above.
    if (counts.failed > 0) failing.push(suite.name, ...(counts.failures ?? []).map((failure) => `  ${failure}`));
    const line = `${suite.name}: ${counts.passed} passed, ${counts.failed} failed`;
    const seconds = Math.round((performance.now() - since) / 1000);
    durations.push(`  ${String(seconds).padStart(5)} s  ${line}`);
    console.log(`== ${line} (${seconds} s)`);
  }
  (await s3)();
  console.log(`\nDurations:\n${durations.join("\n")}`);
  if (failing.length > 0) console.log(`\nFailing:\n${failing.join("\n")}`);
  console.log(
    `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`,
  );
  process.exitCode = total.failed > 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(`\n  ${error.message}\n\n0 passed, 1 failed`);
  process.exitCode = 1;
});
