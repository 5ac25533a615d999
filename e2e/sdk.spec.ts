import { WorkOS } from "@workos-inc/node";
import { expect, parseCsv, test } from "./fixtures";

const EVENTS = 1_000;

test("the official SDK creates an organization, 1,000 events, their export and a portal link", async ({
  trailport,
  page,
}) => {
  const url = new URL(trailport.url);
  const workos = new WorkOS(trailport.api_key, { apiHostname: url.hostname, port: Number(url.port), https: false });

  const organization = await workos.organizations.createOrganization({ name: "SDK & Söhne" });
  expect(organization).toMatchObject({ object: "organization", name: "SDK & Söhne" });

  const start = new Date("2026-09-01T00:00:00.000Z");
  const events = Array.from({ length: EVENTS }, (_, n) => ({
    action: n % 2 === 0 ? "user.signed_in" : "document.updated",
    occurredAt: new Date(start.getTime() + n * 1_000),
    actor: { id: `user_${n % 10}`, type: "user", name: `Person ${n % 10}` },
    targets: [{ id: `team_${n}`, type: "team" }],
    context: { location: "192.0.2.1", userAgent: "sdk test" },
    metadata: { number: n },
  }));
  for (let n = 0; n < EVENTS; n += 50) {
    await Promise.all(events.slice(n, n + 50).map((event) => workos.auditLogs.createEvent(organization.id, event)));
  }

  const requested = await workos.auditLogs.createExport({
    organizationId: organization.id,
    rangeStart: start,
    rangeEnd: new Date("2026-09-02T00:00:00.000Z"),
  });
  expect(requested.state).toBe("pending");
  await expect
    .poll(async () => (await workos.auditLogs.getExport(requested.id)).state, { timeout: 30_000 })
    .toBe("ready");
  const { url: fileUrl } = await workos.auditLogs.getExport(requested.id);
  const file = await fetch(fileUrl ?? "");
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-log_/);
  const rows = parseCsv(await file.text());
  expect(
    rows.map((row) => [
      row["occurred_at"],
      row["action"],
      row["actor_id"],
      row["target_ids"],
      JSON.parse(row["metadata"] ?? "") as unknown,
    ]),
  ).toEqual(
    events.map((event) => [
      event.occurredAt.toISOString(),
      event.action,
      event.actor.id,
      event.targets[0]?.id,
      event.metadata,
    ]),
  );

  const { link } = await workos.portal.generateLink({ organization: organization.id, intent: "audit_logs" as never });
  await page.goto(link);
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await expect(page).toHaveURL(/\/portal\/[0-9A-Z]{26}$/);
  await expect(page.getByText("SDK & Söhne").first()).toBeVisible();
});

test("the official SDK reports errors with WorkOS's messages", async ({ trailport }) => {
  const url = new URL(trailport.url);
  const workos = new WorkOS("sk_wrong", { apiHostname: url.hostname, port: Number(url.port), https: false });
  await expect(workos.organizations.getOrganization("org_x")).rejects.toMatchObject({ status: 401 });
  const authorized = new WorkOS(trailport.api_key, { apiHostname: url.hostname, port: Number(url.port), https: false });
  await expect(authorized.organizations.getOrganization("org_x")).rejects.toMatchObject({
    status: 404,
    message: "Organization not found: 'org_x'.",
  });
});
