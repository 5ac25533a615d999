import type { Page } from "@playwright/test";
import { z } from "zod";
import { expect } from "./fixtures";
import type { FirstStart } from "./trailport-process";

const HOUR = 3_600_000;
const BATCH = 1_000;

interface Sent {
  readonly action: string;
  readonly hoursAgo: number;
  /** Its type is `user` if it has none. */
  readonly actor: { readonly id: string; readonly name: string; readonly type?: string };
  readonly targets: readonly { readonly type: string; readonly id: string }[];
}

export const ada = { id: "user_ada", name: "Ada Lovelace" };
const grace = { id: "user_grace", name: "Grace Hopper" };
export const plan = { type: "document", id: "doc_plan" };
const crew = { type: "team", id: "team_crew" };

/** Each filter alone finds at least two of these events; all four together find one. */
export const EVENTS: readonly Sent[] = [
  { action: "document.opened", hoursAgo: 1, actor: ada, targets: [plan] },
  { action: "document.shared", hoursAgo: 2, actor: ada, targets: [plan, crew] },
  { action: "document.shared", hoursAgo: 3, actor: grace, targets: [plan, crew] },
  { action: "document.shared", hoursAgo: 4, actor: ada, targets: [{ type: "document", id: "doc_budget" }, crew] },
  { action: "document.shared", hoursAgo: 5, actor: ada, targets: [plan] },
  { action: "user.signed_in", hoursAgo: 6, actor: grace, targets: [] },
];

/** Sends a POST to the API and returns the body of its response. */
export async function post({ url, api_key }: FirstStart, path: string, body: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${api_key}`, "content-type": "application/json" };
  const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  expect(response.ok, await response.clone().text()).toBe(true);
  return response.json();
}

/** Creates an organization with these events and returns its ID. */
export async function organizationWith(trailport: FirstStart, name: string, events: readonly Sent[]): Promise<string> {
  const { id } = z.object({ id: z.string() }).parse(await post(trailport, "/organizations", { name }));
  const now = Date.now();
  const requests = events.map(({ action, hoursAgo, actor, targets }) => ({
    organization_id: id,
    event: {
      action,
      occurred_at: new Date(now - hoursAgo * HOUR).toISOString(),
      actor: { type: "user", ...actor },
      targets,
      context: { location: "203.0.113.7" },
    },
  }));
  for (let at = 0; at < requests.length; at += BATCH)
    await post(trailport, "/audit_logs/events/batch", { events: requests.slice(at, at + BATCH) });
  return id;
}

/** Opens the organization's events the way users do. */
export async function openEvents(page: Page, organization: string): Promise<void> {
  await page.goto("/dashboard");
  await page.getByRole("link", { name: organization }).click();
  await expect(page.getByRole("table", { name: "Events" })).toBeVisible();
}

/** The visible event rows. */
export const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Events" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
/** The event count with this text. */
export const count = (page: Page, text: string) =>
  page.getByRole("group", { name: "Filters" }).getByText(text, { exact: true });
