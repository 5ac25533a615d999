import { readFile } from "node:fs/promises";
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import Papa from "papaparse";
import { z } from "zod";
import type { Place } from "./page-list";
import { listen } from "./page-problems";
import { readFirstStart, type FirstStart } from "./trailport-process";

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface TestFixtures {
  /**
   * Makes a browser context of its own, as another person at another machine has. Every context of a test is made here:
   * nothing may reach the console in it, and no request another host than Trailport and those of `hosts`.
   */
  readonly newVisitor: (
    options?: Pick<BrowserContextOptions, "storageState">,
    hosts?: readonly string[],
  ) => Promise<BrowserContext>;
  /** A page of its own that is signed in as the owner. */
  readonly staff: Page;
}

interface WorkerFixtures {
  readonly trailport: FirstStart;
  readonly staffState: StorageState;
  /** What addresses of pages name. */
  readonly place: Place;
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
    const visits: { readonly context: BrowserContext; readonly complaints: readonly string[] }[] = [];
    await use(async (options = {}, hosts = []) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: trailport.url, ...options });
      visits.push({ context, complaints: listen(context, [trailport.url, ...hosts]) });
      return context;
    });
    for (const { context } of visits) await context.close();
    expect(visits.flatMap(({ complaints }) => complaints)).toEqual([]);
  },
  context: async ({ newVisitor }, use) => use(await newVisitor()),
  staff: async ({ newVisitor, staffState }, use) =>
    use(await (await newVisitor({ storageState: staffState })).newPage()),
});

export { expect };

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
