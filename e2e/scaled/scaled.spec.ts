import { randomUUID } from "node:crypto";
import { expect, test as base } from "@playwright/test";
import { WorkOS } from "@workos-inc/node";
import { type Cluster, openCluster } from "./cluster";
import { sendSteadily } from "./steady-sender";

const RATE_LIMIT = 600;
const EVENTS = 40_000;
const DAY = { rangeStart: new Date("2026-09-01T00:00:00Z"), rangeEnd: new Date("2026-09-02T00:00:00Z") };

const test = base.extend<object, { readonly cluster: Cluster }>({
  cluster: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright requires the pattern
    async ({}, use) => {
      const cluster = await openCluster();
      await use(cluster);
      await cluster.close();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

// In order, because the last tests change the limit and revoke the key.
test.describe.configure({ mode: "serial" });

/** The SDK, which sends to the balancer. */
function clientOf({ balancer, first }: Cluster): WorkOS {
  const url = new URL(balancer.url);
  return new WorkOS(first.api_key, { apiHostname: url.hostname, port: Number(url.port), https: false });
}

function post({ first }: Cluster, url: string, body: object, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${first.api_key}`;
  return fetch(url, {
    method: "POST",
    headers: { authorization, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

function eventAt(number: number, action = "user.signed_in") {
  return {
    action,
    occurred_at: new Date(DAY.rangeStart.getTime() + number * 1_000).toISOString(),
    actor: { id: `user_${number % 10}`, type: "user" },
    targets: [{ id: `team_${number}`, type: "team" }],
    context: { location: "192.0.2.1" },
  };
}

/** Waits until the export's file is ready and downloads it through the balancer. */
async function fileOf(cluster: Cluster, exportId: string): Promise<string> {
  const { auditLogs } = clientOf(cluster);
  await expect.poll(async () => (await auditLogs.getExport(exportId)).state, { timeout: 120_000 }).toBe("ready");
  const { url } = await auditLogs.getExport(exportId);
  const file = await fetch(url ?? "");
  expect(file.status).toBe(200);
  return file.text();
}

test("the SDK creates an organization, events, their export and a portal link through both nodes", async ({
  cluster,
}) => {
  const workos = clientOf(cluster);
  const organization = await workos.organizations.createOrganization({ name: "Scaled" });
  const numbers = Array.from({ length: 300 }, (_, number) => number);
  for (let n = 0; n < numbers.length; n += 50)
    await Promise.all(
      numbers.slice(n, n + 50).map((number) => {
        const { occurred_at, ...event } = eventAt(number);
        return workos.auditLogs.createEvent(organization.id, { ...event, occurredAt: new Date(occurred_at) });
      }),
    );
  const { id } = await workos.auditLogs.createExport({ organizationId: organization.id, ...DAY });
  const file = await fileOf(cluster, id);
  for (const number of numbers) expect(file).toContain(`team_${number}`);
  const portal = { organization: organization.id, intent: "audit_logs" as never };
  expect((await workos.portal.generateLink(portal)).link).toContain(cluster.balancer.url);
  for (const [, count] of cluster.balancer.answered) expect(count).toBeGreaterThan(100);
});

test("an export whose workers are killed on both nodes has the same bytes as an undisturbed one", async ({
  cluster,
}) => {
  const { balancer, db, first, nodes } = cluster;
  const organization_id = first.organization_id;
  for (let n = 0; n < EVENTS; n += 1_000) {
    const events = Array.from({ length: 1_000 }, (_, index) => ({ event: eventAt(n + index), organization_id }));
    expect((await post(cluster, `${balancer.url}/audit_logs/events/batch`, { events })).status).toBe(200);
  }
  const { auditLogs } = clientOf(cluster);
  const request = { organizationId: organization_id, ...DAY };
  const undisturbed = await fileOf(cluster, (await auditLogs.createExport(request)).id);
  expect(undisturbed.split("\n").length).toBeGreaterThan(EVENTS);

  /** When the export last progressed; 0 before it started, and infinity when it is complete. */
  const lastWork = async (id: string) => {
    const { rows } = await db.query<{ state: string; at: Date }>(
      "SELECT state::text, CASE WHEN started_at IS NULL THEN to_timestamp(0) ELSE updated_at END AS at FROM audit_log_export WHERE id = $1",
      [id],
    );
    return rows[0]?.state === "pending" ? rows[0].at.getTime() : Infinity;
  };
  /** Kills all workers up to three times while the export progresses. Returns the number of times. */
  const disturb = async (id: string) => {
    let seen = 0;
    for (let kills = 0; kills < 3; kills += 1) {
      await expect.poll(() => lastWork(id), { timeout: 120_000, intervals: [10] }).toBeGreaterThan(seen);
      seen = await lastWork(id);
      if (seen === Infinity) return kills;
      await Promise.all(nodes.map((node) => node.killWorker()));
    }
    return 3;
  };
  let kills = 0;
  // On a busy machine, an export can be complete before this process sees that it started.
  while (kills === 0) {
    const { id } = await auditLogs.createExport(request);
    kills = await disturb(id);
    expect(await fileOf(cluster, id)).toBe(undisturbed);
  }
});

test("a rolling restart under up to 200 events per second fails no request and loses no event", async ({ cluster }) => {
  const { balancer, db, first, nodes } = cluster;
  const action = "rolling.restart";
  const sender = sendSteadily(200, async (number) => {
    const body = { organization_id: first.organization_id, event: eventAt(number, action) };
    const headers = { "idempotency-key": randomUUID() };
    return (await post(cluster, `${balancer.url}/audit_logs/events`, body, headers)).status;
  });
  for (const [node, other] of [
    [nodes[0], nodes[1]],
    [nodes[1], nodes[0]],
  ] as const) {
    const before = balancer.answered.get(other.url) ?? 0;
    await node.stop();
    await node.start();
    expect(balancer.answered.get(other.url)).toBeGreaterThan(before);
    await balancer.untilServing(node.url);
  }
  const statuses = await sender.stop();
  expect(Object.keys(statuses)).toEqual(["201"]);
  const { rows } = await db.query("SELECT count(*)::int AS count FROM log.event WHERE action = $1", [action]);
  expect(rows).toEqual([{ count: statuses[201] }]);
});

test("both nodes together admit the limit of requests per minute within 10 percent", async ({ cluster }) => {
  const { balancer, db, first, nodes } = cluster;
  await Promise.all(nodes.map((node) => node.stop()));
  await Promise.all(nodes.map((node) => node.start({ RATE_LIMIT_PER_MINUTE: String(RATE_LIMIT) })));
  const minute = async () => {
    const { rows } = await db.query<{ minute: number; second: number }>(
      "SELECT floor(extract(epoch FROM now()) / 60)::int AS minute, extract(second FROM now())::int AS second",
    );
    return rows[0] ?? { minute: 0, second: 60 };
  };
  const get = async () =>
    (
      await fetch(`${balancer.url}/organizations/${first.organization_id}`, {
        headers: { authorization: `Bearer ${first.api_key}` },
      })
    ).status;
  const admitted = async () => {
    await expect.poll(async () => (await minute()).second, { timeout: 90_000 }).toBeLessThan(20);
    const before = await minute();
    const statuses: number[] = [];
    for (let n = 0; n < RATE_LIMIT * 1.2; n += 50)
      statuses.push(...(await Promise.all(Array.from({ length: 50 }, get))));
    // A minute that ended in between admits the limit once more.
    if ((await minute()).minute !== before.minute) return null;
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    return statuses.filter((status) => status === 200).length;
  };
  let count: number | null = null;
  while (count === null) count = await admitted();
  expect(count).toBeGreaterThanOrEqual(RATE_LIMIT * 0.9);
  expect(count).toBeLessThanOrEqual(RATE_LIMIT * 1.1);
});

test("a key that is revoked on one node stops working on the other within a second", async ({ cluster }) => {
  const { db, first, nodes } = cluster;
  await Promise.all(nodes.map((node) => node.stop()));
  await Promise.all(nodes.map((node) => node.start()));
  const [one, two] = nodes;
  const authorization = `Bearer ${first.api_key}`;
  const { rows: keys } = await db.query<{ id: string }>("SELECT id FROM api_key WHERE revoked_at IS NULL");
  const use = async () => {
    const beganAt = performance.now();
    const { status } = await fetch(`${two.url}/organizations/${first.organization_id}`, { headers: { authorization } });
    return { beganAt, status };
  };
  expect((await use()).status).toBe(200);
  for (const { id } of keys)
    expect((await post(cluster, `${one.url}/api/trpc/apiKeys.revoke`, { json: { apiKeyId: id } })).status).toBe(200);
  const revokedAt = performance.now();
  const uses = [await use()];
  while ((uses.at(-1)?.beganAt ?? 0) < revokedAt + 3_000) uses.push(await use());
  const late = uses.filter(({ beganAt }) => beganAt > revokedAt + 1_000);
  expect(late.length).toBeGreaterThan(0);
  expect(new Set(late.map(({ status }) => status))).toEqual(new Set([401]));
});
