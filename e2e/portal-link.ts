import pg from "pg";
import { expect, type Page } from "@playwright/test";
import { databaseUrl } from "./database";
import type { FirstStart } from "./trailport-process";

/** Creates a portal link for the first organization through the API, as a vendor's backend does. */
export async function generateLink(trailport: FirstStart, changes: object = {}): Promise<string> {
  const response = await fetch(`${trailport.url}/portal/generate_link`, {
    method: "POST",
    headers: { authorization: `Bearer ${trailport.api_key}`, "content-type": "application/json" },
    body: JSON.stringify({ organization: trailport.organization_id, intent: "audit_logs", ...changes }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { link: string }).link;
}

/** The path of a portal session's first page. */
export const PORTAL_URL = /\/portal\/[0-9A-Z]{26}$/;

/** Opens the portal through a link and waits until its events are shown, when the page also responds to input. */
export async function enterPortal(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await expect(page).toHaveURL(PORTAL_URL);
  await expect(page.getByRole("table", { name: "Events" }).getByRole("row").nth(1)).toBeVisible();
}

/** Opens the portal with a new link. Returns the link. */
export async function openPortal(page: Page, trailport: FirstStart, changes: object = {}): Promise<string> {
  const link = await generateLink(trailport, changes);
  await enterPortal(page, link);
  return link;
}

/** Expires a link, or the session it opened, by changing its time in the database. */
export async function expire(trailport: FirstStart, what: "link" | "session", link: string): Promise<void> {
  const token = new URL(link).searchParams.get("token");
  const client = new pg.Client({ connectionString: await databaseUrl(trailport) });
  await client.connect();
  const own = "SELECT id FROM portal_link WHERE token_hash = sha256(convert_to($1, 'UTF8'))";
  const { rowCount } = await client.query(
    what === "link"
      ? `UPDATE portal_link SET expires_at = now() WHERE id = (${own})`
      : `UPDATE portal_session SET expires_at = now() WHERE link_id = (${own})`,
    [token],
  );
  await client.end();
  expect(rowCount).toBe(1);
}
