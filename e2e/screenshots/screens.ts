import type { Page } from "@playwright/test";

/** Where a screen is found in one Trailport. */
export interface Place {
  /** `/dashboard/<environment>` */
  readonly environment: string;
  /** `/dashboard/<environment>/organizations/<organization>` */
  readonly organization: string;
  /** A fresh link to the portal for each use. */
  readonly portalLink: () => Promise<string>;
}

/** Brings the page to the screen, settled. */
type Open = (page: Page, place: Place) => Promise<void>;

const at =
  (path: (place: Place) => string): Open =>
  async (page, place) => {
    await page.goto(path(place));
    await settle(page);
  };

const within = (path: string) => at(({ environment }) => `${environment}/${path}`);
const ofOrganization = (path: string) => at(({ organization }) => `${organization}${path}`);

/** Opens a screen and then presses what opens something above it, when that is there. */
const then =
  (open: Open, press: (page: Page) => Promise<void>): Open =>
  async (page, place) => {
    await open(page, place);
    await press(page);
    await settle(page);
  };

const portal: Open = async (page, { portalLink }) => {
  await page.goto(await portalLink());
  await page.getByRole("button", { name: /^Continue/ }).click();
  await page.waitForURL(/\/portal$/);
  await settle(page);
};

const openFirstEvent = async (page: Page) => {
  const rows = page.getByRole("table").getByRole("row");
  if ((await rows.count()) > 1) await rows.nth(1).press("Enter");
};
const action = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name }).click();
};

/** Every screen of the dashboard, for someone who is signed in. */
export const DASHBOARD: Readonly<Record<string, Open>> = {
  organizations: within("organizations"),
  "new-organization": then(within("organizations"), (page) =>
    page
      .getByRole("button", { name: /organization/i })
      .first()
      .click(),
  ),
  viewer: ofOrganization(""),
  event: then(ofOrganization(""), openFirstEvent),
  actions: then(ofOrganization(""), (page) => page.getByRole("button", { name: "Actions" }).click()),
  "export-dialog": then(ofOrganization(""), action("Export CSV")),
  "portal-link-dialog": then(ofOrganization(""), action("Create portal link")),
  "organization-exports": ofOrganization("/exports"),
  exports: within("exports"),
  "api-keys": within("api-keys"),
  "rejected-events": within("rejected-events"),
  team: within("team"),
  "invite-dialog": then(within("team"), (page) => page.getByRole("button", { name: "Invite member" }).click()),
  "member-menu": then(within("team"), (page) =>
    page
      .getByRole("button", { name: /^Manage / })
      .first()
      .click(),
  ),
  activity: within("activity"),
  account: within("account"),
  settings: within("settings"),
};

/** Every screen of the portal, for someone with a link. */
export const PORTAL: Readonly<Record<string, Open>> = {
  "portal-launch": async (page, { portalLink }) => {
    await page.goto(await portalLink());
    await settle(page);
  },
  portal,
  "portal-event": then(portal, openFirstEvent),
  "portal-export-dialog": then(portal, (page) => page.getByRole("button", { name: /^Export CSV/ }).click()),
  "portal-exports": then(portal, (page) => page.getByRole("link", { name: "Exports" }).first().click()),
};

/** What anyone can open. */
export const PUBLIC: Readonly<Record<string, Open>> = {
  "sign-in": at(() => "/sign-in"),
  "broken-link": at(() => "/portal/launch?token=cut-off"),
  "ended-invitation": at(() => "/invitation?token=cut-off"),
  "ended-password-link": at(() => "/reset-password?token=cut-off"),
  "not-found": at(() => "/nothing-here"),
  "api-reference": at(() => "/docs/api"),
};

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.getByLabel(/^Loading/).waitFor({ state: "detached" });
}
