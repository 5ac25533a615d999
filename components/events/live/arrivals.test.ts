import { describe, expect, test } from "vitest";
import type { AuditLogEvent } from "@/schemas/events/event";
import { addArrivals, eventsOf, mergeEvents, watchFrom, type Arrivals } from "./arrivals";

const NOW = Date.parse("2026-11-25T12:00:00.000Z");

/** So many seconds ago. */
function eventAt(id: string, secondsAgo: number): AuditLogEvent {
  const occurredAt = new Date(NOW - secondsAgo * 1000);
  return {
    id,
    action: "user.signed_in",
    version: 1,
    occurredAt,
    receivedAt: occurredAt,
    actor: { id: "1", type: "user", name: null, metadata: null },
    targets: [],
    context: { location: "", userAgent: null },
    metadata: null,
  };
}

const nothing: Arrivals = { batches: [], asOf: NOW - 2000, isBehind: false };
const listed = { events: [eventAt("c", 10), eventAt("b", 20), eventAt("a", 30)], isComplete: false };
const answer = (...items: AuditLogEvent[]) => ({ items, next: null });
const idsOf = (arrivals: Arrivals) => eventsOf(arrivals).map((event) => event.id);

describe("from when on new events are asked for", () => {
  test("half a minute before the newest known one", () => {
    expect(watchFrom(listed.events, NOW)).toEqual(new Date(NOW - 40_000));
  });

  test("where nothing has happened for long, ten minutes ago", () => {
    expect(watchFrom([eventAt("a", 86_400)], NOW)).toEqual(new Date(NOW - 600_000));
    expect(watchFrom([], NOW)).toEqual(new Date(NOW - 600_000));
  });

  test("an event of the future hides none of the present", () => {
    expect(watchFrom([eventAt("z", -86_400), ...listed.events], NOW)).toEqual(new Date(NOW - 40_000));
    expect(watchFrom([eventAt("z", -30), ...listed.events], NOW)).toEqual(new Date(NOW - 30_000));
  });
});

describe("what has arrived", () => {
  test("is what nobody knew, also when it happened before the newest known one", () => {
    const first = addArrivals(nothing, listed, answer(eventAt("e", 1), eventAt("c", 10), eventAt("d", 15)), NOW);
    expect(idsOf(first)).toEqual(["e", "d"]);
    const second = addArrivals(first, listed, answer(eventAt("f", 0), eventAt("e", 1)), NOW + 2000);
    expect(idsOf(second)).toEqual(["e", "d", "f"]);
    expect(second.batches.map(({ noticedAt }) => noticedAt)).toEqual([NOW, NOW + 2000]);
    expect(mergeEvents(eventsOf(second), listed.events).map(({ id }) => id)).toEqual(["f", "e", "c", "d", "b", "a"]);
  });

  test("is not what belongs to a page that has not been read yet", () => {
    const old = answer(eventAt("o", 40));
    expect(idsOf(addArrivals(nothing, listed, old, NOW))).toEqual([]);
    expect(idsOf(addArrivals(nothing, { ...listed, isComplete: true }, old, NOW))).toEqual(["o"]);
  });

  test("is no gapless continuation when more came in than was answered", () => {
    const full = { items: [eventAt("g", 1), eventAt("f", 2)], next: "more" };
    expect(addArrivals(nothing, listed, full, NOW).isBehind).toBe(true);
    const joined = { items: [eventAt("g", 1), eventAt("c", 10)], next: "more" };
    expect(addArrivals(nothing, listed, joined, NOW).isBehind).toBe(false);
  });

  test("does not grow for ever", () => {
    const many = Array.from({ length: 1001 }, (_, n) => eventAt(`n${n}`, 1));
    expect(addArrivals(nothing, listed, answer(...many), NOW).isBehind).toBe(true);
  });

  test("and the list share no event twice, and stand as the server orders them", () => {
    const same = [eventAt("b", 5), eventAt("d", 5), eventAt("c", 5)];
    expect(mergeEvents(same, [eventAt("c", 5), eventAt("a", 5)]).map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
  });
});
