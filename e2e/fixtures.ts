import { readFile } from "node:fs/promises";
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import Papa from "papaparse";
import { z } from "zod";
import { readFirstStart, type FirstStart } from "./trailport-process";

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface TestFixtures {
  /** Every page of the test: nothing on the console, no request to another host. */
  readonly quiet: undefined;
  /** A page of its own that is signed in as the owner. */
  readonly staff: Page;
}

interface WorkerFixtures {
  readonly trailport: FirstStart;
  readonly staffState: StorageState;
}

/** Tests against the Trailport that `npm start` brought up. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  trailport: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      await use(await readFirstStart(process.env["TRAILPORT_E2E_START"] ?? ""));
    },
    { scope: "worker" },
  ],
  baseURL: async ({ trailport }, use) => use(trailport.url),
  staffState: [
    async ({ playwright, trailport }, use) => {
      const request = await playwright.request.newContext({ baseURL: trailport.url });
      const { csrfToken } = z
        .object({ csrfToken: z.string() })
        .parse(await (await request.get("/api/auth/csrf")).json());
      const form = { csrfToken, email: trailport.email, password: trailport.password, json: "true" };
      expect((await request.post("/api/auth/callback/credentials", { form })).ok()).toBe(true);
      await use(await request.storageState());
      await request.dispose();
    },
    { scope: "worker" },
  ],
  staff: async ({ browser, staffState, baseURL, contextOptions, quiet: _ }, use) => {
    const context = await browser.newContext({ ...contextOptions, storageState: staffState, baseURL: baseURL ?? "" });
    const page = await context.newPage();
    const complaints = listen(page, baseURL ?? "");
    await use(page);
    await context.close();
    expect(complaints).toEqual([]);
  },
  quiet: [
    async ({ page, baseURL }, use) => {
      const complaints = listen(page, baseURL ?? "");
      await use(undefined);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

function listen(page: Page, baseURL: string): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    // A refused sign-in or an ended link is a 4xx, which the browser itself notes.
    const expected = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !expected)
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL) && !/^(data|blob):/.test(request.url()))
      complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}

/** The rows of a downloaded CSV by their columns' names. */
export function parseCsv(text: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

/** Clicks what starts a download and answers the file's name and text. */
export async function download(
  page: Page,
  click: () => Promise<void>,
): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}
