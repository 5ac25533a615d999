// `npm test`: installs what is missing, runs every check and adds up what passed and failed. Only Node may be there.
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

/** Runs a command with its output shown; answers whether it succeeded. */
function succeeds(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}

/** A suite's own report, or one failure when it left none. */
function countsOf(file, read) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  return read(JSON.parse(readFileSync(file, "utf8")));
}

/** What failed in vitest's report: file, test and the first line of the reason, each. */
function unitFailures(report) {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    const file = relative(process.cwd(), name);
    if (failed.length === 0 && message) return [`${file}: ${firstLine(message)}`];
    return failed.map((test) => `${file} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
}

/** What failed in Playwright's report, which nests its suites. */
function browserFailures({ suites: nested = [], specs = [] }) {
  return [
    ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `e2e/${file} › ${title}`),
    ...nested.flatMap(browserFailures),
  ];
}

const firstLine = (text) => String(text ?? "").split("\n", 1)[0];

/** A script of package.json that says only yes or no. */
const check = (name, script) => ({
  name,
  run: async () =>
    (await succeeds("npm", ["run", "--silent", script]))
      ? { passed: 1, failed: 0, skipped: 0 }
      : { passed: 0, failed: 1, skipped: 0 },
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
      // A file that does not even load has no tests that could fail.
      return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
    },
  },
  check("Build", "build"),
  {
    name: "Browser and SDK tests",
    run: async () => {
      const file = join(results, "e2e.json");
      const ok = await succeeds(bin("playwright"), ["test"]);
      const counts = countsOf(file, (report) => ({
        passed: report.stats.expected + report.stats.flaky,
        failed: report.stats.unexpected,
        skipped: report.stats.skipped,
        failures: browserFailures(report),
      }));
      return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
    },
  },
];

/** A browser for the tests: Playwright's own where it can be downloaded, else Debian's. */
async function installBrowser() {
  const { chromium } = await import("@playwright/test");
  const present = [
    process.env.TRAILPORT_BROWSER,
    chromium.executablePath(),
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
  ];
  if (present.some((path) => path && existsSync(path))) return;
  if (existsSync("/usr/bin/apt-get")) {
    // An ordinary user may be allowed to install packages; one who is not is not asked for a password.
    const [command, ...prefix] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
    const apt = (...args) => succeeds(command, [...prefix, "-qq", "-o", "Dpkg::Use-Pty=0", ...args]);
    if ((await apt("update")) && (await apt("install", "-y", "--no-install-recommends", "chromium"))) return;
  }
  if (await succeeds(bin("playwright"), ["install", "chromium"])) return;
  throw new Error("There is no browser for the tests: install Chromium, or name one in TRAILPORT_BROWSER.");
}

async function main() {
  if (!isInstalled()) await withProgress("Packages installed", install);
  await installBrowser();
  await import("../prisma/generate.mjs");
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  // Beside the first checks, which need no server.
  const s3 = startS3Server();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failing = [];
  for (const suite of suites) {
    const since = performance.now();
    console.log(`\n== ${suite.name}`);
    if (suite.needsS3) await s3;
    const counts = await suite.run();
    for (const key of Object.keys(total)) total[key] += counts[key];
    // Named again at the end: what a suite printed may be thousands of lines up.
    if (counts.failed > 0) failing.push(suite.name, ...(counts.failures ?? []).map((failure) => `  ${failure}`));
    console.log(
      `== ${suite.name}: ${counts.passed} passed, ${counts.failed} failed (${Math.round((performance.now() - since) / 1000)} s)`,
    );
  }
  (await s3)();
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
