import { readFile } from "node:fs/promises";
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import Papa from "papaparse";
import { z } from "zod";
import type { Place } from "./page-list";
import { recordProblems } from "./page-problems";
import { startTrailport, type FirstStart } from "./trailport-process";

/** Milliseconds that the first start may take on a loaded machine, including a build if there is none yet. */
const START_TIMEOUT = 600_000;

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface TestFixtures {
  /**
   * Opens a separate browser context, like another person on another machine. Every context of a test comes from here, so that
   * the test fails if a page logs an error or a warning, or sends a request to a host other than Trailport and `hosts`.
   */
  readonly newVisitor: (
    options?: Pick<BrowserContextOptions, "storageState">,
    hosts?: readonly string[],
  ) => Promise<BrowserContext>;
  /** A page, in its own context, that is signed in as the owner. */
  readonly staff: Page;
}

interface WorkerFixtures {
  readonly trailport: FirstStart;
  readonly staffState: StorageState;
  /** The environment and organization that page URLs refer to. */
  readonly place: Place;
}

/** Tests against a Trailport that `npm start` brought up; each Playwright worker has its own, with its own data. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  trailport: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright requires the pattern
    async ({}, use) => {
      const { start, stop } = await startTrailport();
      await use(start);
      await stop();
    },
    { scope: "worker", timeout: START_TIMEOUT },
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
  place: [
    async ({ playwright, trailport, staffState }, use) => {
      const request = await playwright.request.newContext({ baseURL: trailport.url, storageState: staffState });
      const [environmentId = ""] = /environment_\w+/.exec((await request.get("/dashboard")).url()) ?? [];
      await use({ environmentId, organizationId: trailport.organization_id });
      await request.dispose();
    },
    { scope: "worker" },
  ],
  newVisitor: async ({ browser, contextOptions, trailport }, use) => {
    const visits: { readonly context: BrowserContext; readonly problems: readonly string[] }[] = [];
    await use(async (options = {}, hosts = []) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: trailport.url, ...options });
      visits.push({ context, problems: recordProblems(context, [trailport.url, ...hosts]) });
      return context;
    });
    for (const { context } of visits) await context.close();
    expect(visits.flatMap(({ problems }) => problems)).toEqual([]);
  },
  context: async ({ newVisitor }, use) => use(await newVisitor()),
  staff: async ({ newVisitor, staffState }, use) =>
    use(await (await newVisitor({ storageState: staffState })).newPage()),
});

export { expect };

/** Parses a downloaded CSV into rows keyed by column name. */
export function parseCsv(text: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

/** Runs `click`, which starts a download, and returns the file's name and text. */
export async function download(
  page: Page,
  click: () => Promise<void>,
): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}
