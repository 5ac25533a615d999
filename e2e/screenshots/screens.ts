import { expect, type Locator, type Page } from "@playwright/test";
import { waitForNetworkIdle, watchRequests } from "./network-idle";

/** The URLs of screens in one Trailport. Each call of a function creates a new link. */
export interface ScreenUrls {
  /** `/dashboard/<environment>` */
  readonly environment: string;
  /** `/dashboard/<environment>/organizations/<organization>` */
  readonly organization: string;
  readonly portalLink: () => Promise<string>;
  readonly invitation: () => Promise<string>;
  readonly resetLink: () => Promise<string>;
}

/** Opens the screen and waits until it has loaded. */
type Open = (page: Page, place: ScreenUrls) => Promise<void>;

const at =
  (urlOf: (place: ScreenUrls) => string | Promise<string>): Open =>
  async (page, place) => {
    watchRequests(page);
    await page.goto(await urlOf(place));
    await waitUntilSettled(page);
  };

const within = (path: string) => at(({ environment }) => `${environment}/${path}`);
const ofOrganization = (path: string) => at(({ organization }) => `${organization}${path}`);

/** Opens a screen, then a dialog, drawer or menu on it. */
const then =
  (open: Open, press: (page: Page) => Promise<void>): Open =>
  async (page, place) => {
    await open(page, place);
    await press(page);
    await waitUntilSettled(page);
  };

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
/** Presses an element that exists only with some data, such as a row. */
const pressIfThere = (find: (page: Page) => Locator) => async (page: Page) => {
  const [first] = await find(page).all();
  await first?.click();
};
const pressAnyOf = (name: RegExp) => pressIfThere((page) => page.getByRole("button", { name }));
const openFirstEvent = pressIfThere((page) =>
  page.getByRole("table", { name: "Events" }).locator("button[aria-haspopup=dialog]"),
);
const chooseAction = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name }).click();
};
/** On a narrow screen, the navigation opens with a button. */
const pressInNavigation = (name: RegExp) => async (page: Page) => {
  const opener = page.getByRole("button", { name: "Open navigation" });
  if (await opener.isVisible()) await opener.click();
  await page.getByRole("button", { name }).first().click();
};

const portal: Open = async (page, { portalLink }) => {
  watchRequests(page);
  await page.goto(await portalLink());
  await page.getByRole("button", { name: /^Continue/ }).click();
  await page.waitForURL(/\/portal\/[0-9A-Z]{26}$/);
  await waitUntilSettled(page);
};

/** Every screen of the dashboard with its dialogs, drawers and menus, for a signed-in owner. */
export const DASHBOARD: Readonly<Record<string, Open>> = {
  organizations: within("organizations"),
  "organization-dialog": then(within("organizations"), press("Create organization")),
  "environment-menu": then(within("organizations"), pressInNavigation(/Environment: /)),
  "account-menu": then(within("organizations"), pressInNavigation(/^Account: /)),
  "command-menu": then(within("organizations"), press(/^Jump to/)),
  viewer: ofOrganization(""),
  event: then(ofOrganization(""), openFirstEvent),
  "time-range": then(ofOrganization(""), pressAnyOf(/^Time range/)),
  "action-filter": then(ofOrganization(""), pressAnyOf(/^Filter by Action/)),
  "value-menu": then(ofOrganization(""), pressAnyOf(/^Filter or copy/)),
  "filtered-viewer": ofOrganization("?action=document.updated&action=user.signed_in&not_target_type=team&zone=utc"),
  "nothing-found": ofOrganization("?q=nothing+like+this&action=document.updated"),
  actions: then(ofOrganization(""), press("Actions")),
  "export-dialog": then(ofOrganization(""), chooseAction("Export CSV")),
  "portal-link-dialog": then(ofOrganization(""), chooseAction("Create portal link")),
  "organization-exports": ofOrganization("/exports"),
  "portal-links": ofOrganization("/portal-links"),
  "end-access-dialog": then(ofOrganization("/portal-links"), pressAnyOf(/link created by/)),
  "organization-settings": ofOrganization("/settings"),
  "delete-organization-dialog": then(ofOrganization("/settings"), press("Delete organization")),
  exports: within("exports"),
  "api-keys": within("api-keys"),
  "api-key-dialog": then(within("api-keys"), press("Create API key")),
  "revoke-api-key-dialog": then(within("api-keys"), pressAnyOf(/^Revoke /)),
  "event-schemas": within("event-schemas"),
  "event-schema": within("event-schemas/action?name=user.signed_in"),
  "event-schema-form": within("event-schemas/edit?name=user.signed_in"),
  "new-action-form": within("event-schemas/edit"),
  "event-validator": then(within("event-schemas/validator"), async (page) => {
    await press("Use an example")(page);
    await press("Check event")(page);
  }),
  "rejected-events": within("rejected-events"),
  "replay-all-dialog": then(within("rejected-events"), pressAnyOf(/^Replay all/)),
  team: within("team"),
  "invite-dialog": then(within("team"), press("Invite member")),
  "member-menu": then(within("team"), press(/^Manage /)),
  activity: within("activity"),
  "activity-filter": then(within("activity"), press(/^Filter by Type/)),
  account: within("account"),
  settings: within("settings"),
  "portal-branding": then(within("settings"), (page) =>
    page.getByRole("button", { name: "Save branding" }).scrollIntoViewIfNeeded(),
  ),
  "missing-organization": within("organizations/org_nowhere"),
};

/** Every screen of the portal, for a visitor with a link. */
export const PORTAL: Readonly<Record<string, Open>> = {
  "portal-launch": at(({ portalLink }) => portalLink()),
  portal,
  "portal-event": then(portal, openFirstEvent),
  "portal-menu": then(portal, press("Menu")),
  "portal-export-dialog": then(portal, press(/^Export CSV/)),
  "portal-exports": then(portal, async (page) => {
    await page.getByRole("link", { name: "Exports" }).first().click();
    await page.waitForURL(/\/portal\/[0-9A-Z]{26}\/exports$/);
  }),
  "portal-not-found": then(portal, async (page) => void (await page.goto(`${page.url()}/nothing-here`))),
};

/** Every screen that needs no sign-in. */
export const PUBLIC: Readonly<Record<string, Open>> = {
  "sign-in": at(() => "/sign-in"),
  "broken-link": at(() => "/portal/launch?token=cut-off"),
  invitation: at(({ invitation }) => invitation()),
  "ended-invitation": at(() => "/invitation?token=cut-off"),
  "password-link": at(({ resetLink }) => resetLink()),
  "ended-password-link": at(() => "/reset-password?token=cut-off"),
  "not-found": at(() => "/nothing-here"),
  "api-reference": at(() => "/docs/api"),
};

async function waitUntilSettled(page: Page): Promise<void> {
  await page.waitForLoadState();
  await waitForNetworkIdle(page);
  // Events and their chart load separately.
  await expect(page.getByLabel(/^Loading/)).toHaveCount(0, { timeout: 15_000 });
}
