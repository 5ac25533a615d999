import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import type { Place } from "./every-page";
import type { FirstStart } from "./trailport-process";

const answerWithLink = z.object({ result: z.object({ data: z.object({ json: z.object({ link: z.string() }) }) }) });
const answerWithMembers = z.object({
  result: z.object({ data: z.object({ json: z.array(z.object({ id: z.string(), email: z.string() })) }) }),
});

/** A fresh link to the portal, made as a vendor's backend makes it. */
export async function makePortalLink(trailport: FirstStart, changes: object = {}): Promise<string> {
  const response = await fetch(`${trailport.url}/portal/generate_link`, {
    method: "POST",
    headers: { authorization: `Bearer ${trailport.api_key}`, "content-type": "application/json" },
    body: JSON.stringify({ organization: trailport.organization_id, intent: "audit_logs", ...changes }),
  });
  expect(response.status).toBe(201);
  return z.object({ link: z.string() }).parse(await response.json()).link;
}

/** Opens the portal by a link of its own. */
export async function openPortal(page: Page, trailport: FirstStart): Promise<void> {
  await page.goto(await makePortalLink(trailport));
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await page.waitForURL(/\/portal$/);
}

/** An invitation of somebody new, made by whoever is signed in. */
export async function makeInvitation(staff: Page, { environmentId }: Place): Promise<string> {
  const response = await staff.request.post("/api/trpc/team.invite", {
    headers: { "x-trailport-environment": environmentId },
    data: { json: { email: `new-${Date.now()}@vendor.example`, role: "viewer" } },
  });
  return answerWithLink.parse(await response.json()).result.data.json.link;
}

/** A link for a new password of whoever is signed in. */
export async function makeResetLink(staff: Page, { environmentId }: Place, email: string): Promise<string> {
  const headers = { "x-trailport-environment": environmentId };
  const members = await staff.request.get("/api/trpc/team.members", { headers });
  const member = answerWithMembers.parse(await members.json()).result.data.json.find((each) => each.email === email);
  const response = await staff.request.post("/api/trpc/team.createResetLink", {
    headers,
    data: { json: { memberId: member?.id } },
  });
  return answerWithLink.parse(await response.json()).result.data.json.link;
}
