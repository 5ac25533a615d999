import type { LaunchOptions } from "@playwright/test";
import { browserPath } from "./browser-path.mjs";

const executablePath = browserPath();

/** Options that start Chromium on this machine. */
export const launchOptions: LaunchOptions = {
  ...(executablePath !== undefined && { executablePath }),
  // Chromium's sandbox doesn't run as root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};
