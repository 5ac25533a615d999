import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "@playwright/test";

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

/** How Chromium is started on this machine. */
export const launchOptions: LaunchOptions = {
  ...(executablePath !== undefined && { executablePath }),
  // Chromium's sandbox doesn't run as root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};
