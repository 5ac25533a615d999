import { setTimeout as pause } from "node:timers/promises";
import { expect, test as base } from "@playwright/test";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { holdEvents } from "@/server/testing/hold-events";
import { createTestServices } from "@/server/testing/services";
import { type CrashHarness, METRICS_TOKEN, openCrashHarness } from "./crash-harness";

/** How often each of web and PostgreSQL is killed, at least. */
const KILLS = 6;

/** Senders with keys repeat a request until it is acknowledged, as an SDK does. Without a key, repeating isn't safe. */
const SENDERS = [
  ...Array.from({ length: 6 }, () => ({ batch: 1, keys: true })),
  ...Array.from({ length: 3 }, () => ({ batch: 1, keys: false })),
  ...Array.from({ length: 3 }, () => ({ batch: 20, keys: true })),
];

interface Target {
  readonly url: string;
  readonly secret: string;
  readonly organizationId: string;
}

const test = base.extend<{
  harness: CrashHarness;
  services: Services;
  organization: OrganizationScope;
  target: Target;
}>({
  harness: async ({ playwright: _ }, use) => {
    const harness = await openCrashHarness();
    await use(harness);
    await harness.close();
  },
  services: async ({ harness }, use) => {
    const { services, close } = await createTestServices(harness.databaseUrl);
    await use(services);
    await close();
  },
  organization: async ({ services }, use) => use(await createOrganization(await createEnvironment(services))),
  target: async ({ harness, organization }, use) => {
    const { secret } = await createApiKey(organization, { name: "backend" });
    await use({ url: harness.apiUrl, secret, organizationId: organization.organization.id });
  },
});

interface Sender {
  /** The numbers of the events acknowledged so far. */
  readonly acknowledged: readonly string[];
  readonly ended: Promise<void>;
}

/** Sends events until `over` is aborted. */
function startSender(target: Target, name: string, how: (typeof SENDERS)[number], over: AbortSignal): Sender {
  const acknowledged: string[] = [];
  return { acknowledged, ended: send(target, name, how, over, (numbers) => acknowledged.push(...numbers)) };
}

async function send(
  target: Target,
  name: string,
  how: (typeof SENDERS)[number],
  over: AbortSignal,
  onStored: (numbers: readonly string[]) => void,
): Promise<void> {
  for (let n = 0; !over.aborted; n += 1) {
    const numbers = Array.from({ length: how.batch }, (_, index) => `${name}-${n}-${index}`);
    let stored = await post(target, numbers, how.keys);
    while (!stored && !over.aborted) {
      await pause(50);
      if (!how.keys) break;
      stored = await post(target, numbers, true);
    }
    if (stored) onStored(numbers);
  }
}

/** Returns whether the response was 2xx and accepted every event; a broken connection counts as no response. */
async function post({ url, secret, organizationId }: Target, numbers: readonly string[], keys: boolean) {
  const events = numbers.map((number) => ({
    organization_id: organizationId,
    event: { ...exampleEvent.event, metadata: { number } },
  }));
  const isBatch = numbers.length > 1;
  const batch = events.map((event, index) => ({ ...event, idempotency_key: numbers[index] }));
  try {
    const response = await fetch(`${url}/audit_logs/events${isBatch ? "/batch" : ""}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": "application/json",
        ...(keys && !isBatch && { "idempotency-key": numbers[0] ?? "" }),
      },
      body: JSON.stringify(isBatch ? batch : events[0]),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return response.ok && !/"(refused|unavailable)"/.test(text);
  } catch {
    return false;
  }
}

/** Kills web, PostgreSQL or both in random order, each time after some new events were acknowledged. */
async function killRepeatedly(harness: CrashHarness, acknowledged: () => number): Promise<void> {
  const kills = { web: 0, postgres: 0 };
  while (Math.min(kills.web, kills.postgres) < KILLS) {
    const before = acknowledged();
    // A kill interrupts work only if there is some.
    await expect.poll(() => acknowledged() - before, { timeout: 60_000, intervals: [20] }).toBeGreaterThan(50);
    await pause(Math.random() * 300);
    const what = (["web", "postgres", "both"] as const)[Math.floor(Math.random() * 3)] ?? "both";
    await harness.kill[what]();
    if (what !== "postgres") kills.web += 1;
    if (what !== "web") kills.postgres += 1;
  }
}

test("after repeated kills, every acknowledged event is stored once and no other twice", async ({
  harness,
  services,
  target,
  organization,
}) => {
  test.setTimeout(600_000);
  const over = new AbortController();
  const senders = SENDERS.map((how, index) => startSender(target, `s${index}`, how, over.signal));
  await killRepeatedly(harness, () => senders.reduce((sum, sender) => sum + sender.acknowledged.length, 0));
  // Every sender gets through again, so whatever it repeats is answered.
  const before = senders.map(({ acknowledged }) => acknowledged.length);
  const isAnswered = () => senders.every(({ acknowledged }, index) => acknowledged.length > (before[index] ?? 0));
  await expect.poll(isAnswered, { timeout: 60_000 }).toBe(true);
  over.abort();
  await Promise.all(senders.map(({ ended }) => ended));
  const acknowledged = senders.flatMap((sender) => sender.acknowledged);

  const rows = await services.db.query<{ number: string; times: number }>(
    "SELECT e.metadata->>'number' AS number, count(*)::int AS times FROM log.event e WHERE e.organization_pk = $1 GROUP BY 1",
    [organization.organization.pk],
  );
  const stored = new Map(rows.map(({ number, times }) => [number, times]));
  expect(rows.filter(({ times }) => times > 1)).toEqual([]);
  expect(acknowledged.filter((number) => !stored.has(number))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(50 * KILLS);
});

test("on SIGTERM, web fails readiness, then answers what it accepted, accepts no more and exits with 0", async ({
  harness,
  services,
  target,
  organization,
}) => {
  const waiting = async () => {
    const response = await fetch(`${target.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    return /ingest_waiting\{unit="events"\} (\d+)/.exec(await response.text())?.[1];
  };
  const hold = await holdEvents(harness.databaseUrl);
  const responses = Array.from({ length: 20 }, (_, n) => post(target, [`stop-${n}`], false));
  await expect.poll(waiting).toBe("20");
  const ended = harness.stopWeb();
  const readiness = async () => (await fetch(`${target.url}/api/health/ready`)).json();
  await expect.poll(readiness).toEqual({ status: "unavailable", failing: ["stopping"] });
  const isClosed = () =>
    fetch(`${target.url}/api/health`).then(
      () => false,
      () => true,
    );
  await expect.poll(isClosed, { timeout: 20_000 }).toBe(true);
  await hold.release();
  expect(await Promise.all(responses)).toEqual(responses.map(() => true));
  expect(await ended).toBe(0);
  const rows = await services.db.query(
    "SELECT 1 FROM log.event e WHERE e.organization_pk = $1 AND e.metadata->>'number' LIKE 'stop-%'",
    [organization.organization.pk],
  );
  expect(rows).toHaveLength(20);
});
