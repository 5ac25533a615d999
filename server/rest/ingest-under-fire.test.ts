import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { exampleEvent } from "@/schemas/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { openBurningHouse } from "@/server/testing/fire/burning-house";
import { createTestServices } from "@/server/testing/services";

/** How long it burns; a minute or an hour for whoever wants to be surer. */
const SECONDS = Number(process.env["FIRE_SECONDS"] ?? 20);

/** Some repeat a request until it is acknowledged, as an SDK does; without keys nobody may repeat anything. */
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

/** Sends events until it is told to stop; answers the numbers of those that were acknowledged. */
async function send(target: Target, name: string, how: (typeof SENDERS)[number], over: AbortSignal): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let n = 0; !over.aborted; n += 1) {
    const numbers = Array.from({ length: how.batch }, (_, index) => `${name}-${n}-${index}`);
    let stored = await post(target, numbers, how.keys);
    while (!stored && !over.aborted) {
      await pause(50);
      if (!how.keys) break;
      stored = await post(target, numbers, true);
    }
    if (stored) acknowledged.push(...numbers);
  }
  return acknowledged;
}

/** Whether the request was answered 2xx; a connection that breaks is no answer. */
async function post({ url, secret, organizationId }: Target, numbers: readonly string[], keys: boolean) {
  const events = numbers.map((number) => ({
    organization_id: organizationId,
    event: { ...exampleEvent.event, metadata: { number } },
  }));
  const isBatch = numbers.length > 1;
  const batch = events.map((event, index) => ({ ...event, idempotency_key: numbers[index] }));
  try {
    const answer = await fetch(`${url}/audit_logs/events${isBatch ? "/batch" : ""}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": "application/json",
        ...(keys && !isBatch && { "idempotency-key": numbers[0] ?? "" }),
      },
      body: JSON.stringify(isBatch ? batch : events[0]),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    return answer.ok && !text.includes('"refused"');
  } catch {
    return false;
  }
}

/** Kills one or the other again and again, a little after each has come back; answers how often. */
async function burn(house: Awaited<ReturnType<typeof openBurningHouse>>, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let kills = 0;
  for (const what of ["web", "postgres"] as const) {
    await pause(Math.random() * 1_000);
    await house.burn[what]();
    kills += 1;
  }
  while (performance.now() < end) {
    await pause(Math.random() * 1_500);
    const what = (["web", "postgres", "both"] as const)[Math.floor(Math.random() * 3)] ?? "both";
    await house.burn[what]();
    kills += 1;
  }
  return kills;
}

test(
  "while web and PostgreSQL are killed again and again, every acknowledged event is stored exactly once, and no other twice",
  { timeout: SECONDS * 1000 + 180_000 },
  async () => {
    const house = await openBurningHouse();
    const { services, close } = await createTestServices(house.databaseUrl);
    const organization = await createOrganization(await createEnvironment(services));
    const { secret } = await createApiKey(organization, { name: "backend" });
    const target = { url: house.apiUrl, secret, organizationId: organization.organization.id };

    const over = new AbortController();
    const senders = SENDERS.map((how, index) => send(target, `s${index}`, how, over.signal));
    const kills = await burn(house, SECONDS);
    // What a sender repeats now is answered by a house that stands.
    await pause(1_000);
    over.abort();
    const acknowledged = (await Promise.all(senders)).flat();

    const rows = await services.db.query<{ number: string; times: number }>(
      "SELECT e.metadata->>'number' AS number, count(*)::int AS times FROM log.event e WHERE e.organization_pk = $1 GROUP BY 1",
      [organization.organization.pk],
    );
    const stored = new Map(rows.map(({ number, times }) => [number, times]));
    expect(rows.filter(({ times }) => times > 1)).toEqual([]);
    expect(acknowledged.filter((number) => !stored.has(number))).toEqual([]);
    expect(kills).toBeGreaterThanOrEqual(2);
    expect(acknowledged.length).toBeGreaterThan(50);
    await close();
    await house.close();
  },
);
