import { expect, test } from "vitest";
import type { NewEvent } from "@/schemas/events/event";
import { anEvent } from "@/server/testing/factories";
import { fingerprintOf } from "./event-fingerprint";

const unusual = anEvent({
  version: 3,
  metadata: { zeta: -0.5, "10": true, "9": "ü\n\ud800", alpha: 1e21, _: "" },
  targets: [],
  context: { location: '"quoted"\\', userAgent: "Agent" },
});
const severalTargets = anEvent({
  occurredAt: new Date(-1),
  actor: { id: "=a", type: "b", name: null, metadata: { k: "v", a: false } },
  targets: [
    { id: "1", type: "t", name: "\u2028<", metadata: { b: 2, a: 1 } },
    { id: "2", type: "t", name: null, metadata: {} },
  ],
});

// These are the first version's fingerprints. A request that is retried across an upgrade must match its stored one.
test.each([
  { name: "a typical event", event: anEvent(), is: "b2cf07dc0592d92b29a683aa3a4ba8f9ef5b1e50cf6c10cb6e6e9737b0ae0b7f" },
  {
    name: "unusual strings and numbers",
    event: unusual,
    is: "93d6ab739c7c44d9400c024bea3b947be310af3891ffd19274bad6f09eb418b4",
  },
  {
    name: "several targets",
    event: severalTargets,
    is: "533610041b9ef180b2e017d67032d2c5338890cdd94e85225f25934a4353a601",
  },
])("the fingerprint of $name never changes", ({ event, is }) => {
  expect(fingerprintOf(7, "key-1", event)).toBe(is);
});

test("only the order of metadata keys leaves the fingerprint unchanged", () => {
  const event = anEvent({ metadata: { a: "1", b: "2" } });
  const known = fingerprintOf(7, "key", event);
  expect(fingerprintOf(7, "key", { ...event, metadata: { b: "2", a: "1" } })).toBe(known);

  const { actor, context, targets } = event;
  const changes: readonly Partial<NewEvent>[] = [
    { action: "document.deleted" },
    { version: 2 },
    { occurredAt: new Date(event.occurredAt.getTime() + 1) },
    { actor: { ...actor, id: "other" } },
    { actor: { ...actor, type: "other" } },
    { actor: { ...actor, name: null } },
    { actor: { ...actor, metadata: {} } },
    { targets: [] },
    { targets: [...targets, ...targets] },
    { targets: targets.map((target) => ({ ...target, id: "other" })) },
    { context: { ...context, location: "other" } },
    { context: { ...context, userAgent: "other" } },
    { metadata: null },
    { metadata: { a: "1", b: 2 } },
    { metadata: { a: "1" } },
  ];
  const others = [
    ...changes.map((change) => fingerprintOf(7, "key", { ...event, ...change })),
    fingerprintOf(8, "key", event),
    fingerprintOf(7, "other", event),
  ];
  expect(new Set([known, ...others]).size).toBe(changes.length + 3);
});
