import { describe, expect } from "vitest";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { sdks } from "./clients";
import { test } from "./fixtures";

const event = {
  action: "user.signed_in",
  occurredAt: new Date("2026-09-15T12:00:00.000Z"),
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "team_1", type: "team" }],
  context: { location: "192.0.2.1" },
};
const generation = (version: string) => Number.parseInt(version, 10);
const first = sdks.filter(({ version }) => generation(version) === 2);
const retryEvents = sdks.filter(({ version }) => generation(version) >= 7);
const retryEverything = sdks.filter(({ version }) => generation(version) >= 10);

async function storedEvents({ db, environment }: EnvironmentScope): Promise<number> {
  return (await db.query("SELECT 1 FROM log.event e WHERE e.environment_pk = $1", [environment.pk])).length;
}

describe.concurrent.each(first)("@workos-inc/node $version without retries", ({ open }) => {
  test("an event is stored once when the application repeats it after a lost response", async ({
    proxy,
    host,
    organization,
  }) => {
    const { auditLogs } = open({ ...host, url: proxy.url });
    const send = () => auditLogs.createEvent(organization.organization.id, event, { idempotencyKey: "mine" });
    proxy.faults.push({ status: 500, when: "after" });
    await expect(send()).rejects.toMatchObject({ status: 500 });
    await send();
    expect(proxy.keys).toEqual(["mine", "mine"]);
    expect(await storedEvents(organization)).toBe(1);
  });
});

describe.concurrent.each(retryEvents)("@workos-inc/node $version with retries of events", ({ open }) => {
  test("an event is stored once when the SDK retries it after lost responses", async ({
    proxy,
    host,
    organization,
  }) => {
    proxy.faults.push({ status: 500, when: "after" }, { status: 502, when: "before" }, { status: 504, when: "after" });
    await open({ ...host, url: proxy.url }).auditLogs.createEvent(organization.organization.id, event);
    expect(proxy.keys).toHaveLength(4);
    expect(new Set(proxy.keys).size).toBe(1);
    expect(proxy.keys[0]).toMatch(/^workos-node-[0-9a-f-]{36}$/);
    expect(await storedEvents(organization)).toBe(1);
  });
});

describe.concurrent.each(retryEverything)("@workos-inc/node $version with retries of every call", ({ open }) => {
  test("calls succeed although the server is briefly unavailable", async ({ proxy, host, organization }) => {
    const { organizations, auditLogs } = open({ ...host, url: proxy.url });
    const { id } = organization.organization;
    proxy.faults.push({ status: 503, when: "before" });
    expect(await organizations.getOrganization(id)).toMatchObject({ id });
    proxy.faults.push({ status: 503, when: "before", headers: { "retry-after": "1" } });
    await auditLogs.createEvent(id, event);
    proxy.faults.push({ status: 503, when: "before" });
    const range = { rangeStart: new Date("2026-09-01"), rangeEnd: new Date("2026-10-01") };
    expect(await auditLogs.createExport({ organizationId: id, ...range })).toMatchObject({ state: "pending" });
    expect(proxy.keys).toHaveLength(6);
    expect(await storedEvents(organization)).toBe(1);
  });

  test("two identical calls have two results, although the SDK sends a key with each", async ({
    proxy,
    host,
    organization,
  }) => {
    const { portal } = open({ ...host, url: proxy.url });
    // Each version has its own enum for this value.
    const request = { organization: organization.organization.id, intent: "audit_logs" as never };
    proxy.faults.push({ status: 500, when: "after" });
    const { link } = await portal.generateLink(request);
    expect((await portal.generateLink(request)).link).not.toBe(link);
    const [lost, retry, other] = proxy.keys;
    expect(lost).toMatch(/^retry-/);
    expect(retry).toBe(lost);
    expect(other).not.toBe(lost);
  });
});
