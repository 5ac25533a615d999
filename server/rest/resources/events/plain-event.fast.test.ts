import { expect, test } from "vitest";
import { seededRandom } from "@/prisma/seed/random";
import { keys, timestamps, numbers, texts } from "@/server/testing/fuzz/hostile-values";
import { randomFrom, type Random } from "@/server/testing/fuzz/random";
import { eventBody, exampleEvent } from "@/schemas/events/event-body";
import { plainEventBody } from "./plain-event";

test("the bodies that most senders use take the fast path", () => {
  const { event, organization_id } = exampleEvent;
  for (const body of [
    exampleEvent,
    { organization_id, event: { ...event, version: 3, metadata: null } },
    { organization_id, event: { ...event, targets: [], context: { location: "", user_agent: null } } },
    { organization_id, event: { ...event, actor: { id: "é", type: "user", name: "", metadata: {} }, more: 1 } },
    { organization_id, event: { ...event, metadata: { n: 1.5, yes: true, text: "😀" } }, idempotency_key: "k" },
  ]) {
    expect(plainEventBody(body)).toEqual(eventBody.parse(body));
  }
});

test("the fast path returns what the schema returns and accepts nothing that the schema rejects", () => {
  const random = randomFrom(seededRandom(4711));
  let plain = 0;
  for (let n = 0; n < 30_000; n += 1) {
    // Parsed from JSON, as in a request, so that it contains only what JSON can express.
    const body: unknown = JSON.parse(bodyText(random));
    const read = plainEventBody(body);
    if (read === null) continue;
    plain += 1;
    const result = eventBody.safeParse(body);
    if (!result.success) throw new Error(`Rejected by the schema: ${JSON.stringify(body)}`);
    expect(read).toEqual(result.data);
    expect(JSON.stringify(read)).toBe(JSON.stringify(result.data));
  }
  expect(plain).toBeGreaterThan(3_000);
});

/** Returns a mostly valid body with a hostile value in a place or two. */
function bodyText(random: Random): string {
  const text = (usual: string) => (random.chance(0.02) ? hostile(random) : JSON.stringify(usual));
  const maybe = (value: string) => random.pick([value, value, "null", '""']);
  const metadata = () =>
    random.chance(0.4) ? object({ [key(random)]: text("v"), n: random.pick(["1", "2.5", "true", text("w")]) }) : "null";
  const party = (id: string) =>
    object({ id: text(id), type: text("user"), name: maybe(text("Ada")), metadata: metadata() }, random);
  const targets = Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, (_, n) => party(`t${n}`));
  const event = object(
    {
      action: text("user.signed_in"),
      occurred_at: text(random.pick(["2026-11-22T09:30:00.000Z", ...timestamps])),
      version: random.pick(["1", "2", "null", "0", '"1"', random.chance(0.1) ? random.pick(numbers) : "7"]),
      actor: random.chance(0.01) ? hostile(random) : party("user_1"),
      targets: random.chance(0.01) ? hostile(random) : `[${targets.join()}]`,
      context: object({ location: text("203.0.113.7"), user_agent: maybe(text("Chrome/141")) }, random),
      metadata: random.chance(0.02) ? hostile(random) : metadata(),
    },
    random,
  );
  return object({ organization_id: text("org_01EHWNCE74X7JSDV0X3SZ3KJNY"), event });
}

/** Returns an object's JSON text. With `random`, it sometimes lacks a member. */
function object(members: Readonly<Record<string, string>>, random?: Random): string {
  const kept = Object.entries(members).filter(() => !random?.chance(0.02));
  return `{${kept.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
}

function key(random: Random): string {
  return random.chance(0.1) ? random.pick(keys) : random.pick(["k", "a-b_c", "x".repeat(40), "0"]);
}

function hostile(random: Random): string {
  const simple = () =>
    random.pick(["null", "true", "[]", "{}", random.pick(numbers), JSON.stringify(random.pick(texts))]);
  return random.pick([simple(), simple(), `[${simple()}]`, `{${JSON.stringify(key(random))}:${simple()}}`]);
}
