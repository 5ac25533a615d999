import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";
import { launchOptions } from "@/e2e/browser";
import { startTrailport, type FirstStart } from "@/e2e/trailport-process";
import { addSampleData } from "./sample-data";
import { fillWithHostileData } from "./hostile-data";
import { screenUrls } from "./screen-urls";
import { DASHBOARD, PORTAL, PUBLIC, type ScreenUrls } from "./screens";

// `npm run screenshots` saves every screen in light and dark, wide and narrow, with demo data, without data and with hostile
// data, as `screenshots/<data>/<screen>-<scheme>-<width>.png`. `-- --only viewer` limits it to screens whose name contains
// that text, `-- --data hostile` to one kind of data, `-- --view dark-390` to one view.

const FOLDER = "screenshots";
const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"] as const;

const DATA: Readonly<
  Record<string, { readonly flags: readonly string[]; readonly fill?: (start: FirstStart) => Promise<void> }>
> = {
  demo: { flags: ["--demo"], fill: addSampleData },
  none: { flags: ["--empty"] },
  hostile: { flags: ["--empty"], fill: fillWithHostileData },
};

const { values: options } = parseArgs({
  options: { only: { type: "string" }, data: { type: "string" }, view: { type: "string" } },
});
let failures = 0;

async function takeAll(browser: Browser, data: string, start: FirstStart): Promise<void> {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      if (options.view !== undefined && options.view !== `${colorScheme}-${width}`) continue;
      const view = { colorScheme, viewport: { width, height: width > 600 ? 900 : 844 }, baseURL: start.url } as const;
      const staff = await browser.newContext(view);
      const place = await signIn(staff, start);
      await take(staff, DASHBOARD, place, `${data}/%-${colorScheme}-${width}`);
      // Portal and public screens in a browser that is not signed in.
      const stranger = await browser.newContext(view);
      await take(
        stranger,
        data === "demo" ? { ...PORTAL, ...PUBLIC } : PORTAL,
        place,
        `${data}/%-${colorScheme}-${width}`,
      );
      await stranger.close();
      await staff.close();
    }
  }
}

async function take(
  context: BrowserContext,
  screens: typeof DASHBOARD,
  place: ScreenUrls,
  name: string,
): Promise<void> {
  for (const [screen, open] of Object.entries(screens)) {
    if (options.only !== undefined && !screen.includes(options.only)) continue;
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const file = path.join(FOLDER, `${name.replace("%", screen)}.png`);
    try {
      await open(page, place);
      await page.screenshot({ path: file, animations: "disabled" });
      process.stdout.write(`${file}\n`);
    } catch (error) {
      failures += 1;
      process.stdout.write(`${file}: ${String(error).split("\n", 1)[0]}\n`);
    }
    await page.close();
  }
}

async function signIn(context: BrowserContext, start: FirstStart): Promise<ScreenUrls> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(start.email);
  await page.getByLabel("Password", { exact: true }).fill(start.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/organizations$/);
  const [environmentId = ""] = /environment_\w+/.exec(page.url()) ?? [];
  await page.close();
  return screenUrls(context.request, start, environmentId);
}

// A full run removes all earlier screenshots; a limited run only replaces its own.
if (Object.keys(options).length === 0) await rm(FOLDER, { recursive: true, force: true });
const browser = await chromium.launch(launchOptions);
for (const [data, { flags, fill }] of Object.entries(DATA)) {
  if (options.data !== undefined && options.data !== data) continue;
  const { start, stop } = await startTrailport(flags);
  try {
    await fill?.(start);
    await takeAll(browser, data, start);
  } finally {
    await stop();
  }
}
await browser.close();
if (failures > 0) throw new Error(`${failures} screenshots failed.`);
