import { describe, expect, test } from "vitest";
import type { AuditLogEvent } from "@/schemas/events/event";
import { addArrivals, eventsOf, mergeEvents, pollStart, type Arrivals } from "./arrivals";

const NOW = Date.parse("2026-11-25T12:00:00.000Z");

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
const response = (...items: AuditLogEvent[]) => ({ items, next: null });
const idsOf = (arrivals: Arrivals) => eventsOf(arrivals).map((event) => event.id);

describe("start of the next poll", () => {
  test("is 30 seconds before the newest known event", () => {
    expect(pollStart(listed.events, NOW)).toEqual(new Date(NOW - 40_000));
  });

  test("is 10 minutes ago if the list is quiet", () => {
    expect(pollStart([eventAt("a", 86_400)], NOW)).toEqual(new Date(NOW - 600_000));
    expect(pollStart([], NOW)).toEqual(new Date(NOW - 600_000));
  });

  test("ignores events dated in the future", () => {
    expect(pollStart([eventAt("z", -86_400), ...listed.events], NOW)).toEqual(new Date(NOW - 40_000));
    expect(pollStart([eventAt("z", -30), ...listed.events], NOW)).toEqual(new Date(NOW - 30_000));
  });
});

describe("arrivals", () => {
  test("are all unknown events, even those older than the newest known one", () => {
    const first = addArrivals(nothing, listed, response(eventAt("e", 1), eventAt("c", 10), eventAt("d", 15)), NOW);
    expect(idsOf(first)).toEqual(["e", "d"]);
    const second = addArrivals(first, listed, response(eventAt("f", 0), eventAt("e", 1)), NOW + 2000);
    expect(idsOf(second)).toEqual(["e", "d", "f"]);
    expect(second.batches.map(({ noticedAt }) => noticedAt)).toEqual([NOW, NOW + 2000]);
    expect(mergeEvents(eventsOf(second), listed.events).map(({ id }) => id)).toEqual(["f", "e", "c", "d", "b", "a"]);
  });

  test("leave out events of pages that are not loaded yet", () => {
    const old = response(eventAt("o", 40));
    expect(idsOf(addArrivals(nothing, listed, old, NOW))).toEqual([]);
    expect(idsOf(addArrivals(nothing, { ...listed, isComplete: true }, old, NOW))).toEqual(["o"]);
  });

  test("mark the list as behind if more events arrived than the response contains", () => {
    const full = { items: [eventAt("g", 1), eventAt("f", 2)], next: "more" };
    expect(addArrivals(nothing, listed, full, NOW).isBehind).toBe(true);
    const joined = { items: [eventAt("g", 1), eventAt("c", 10)], next: "more" };
    expect(addArrivals(nothing, listed, joined, NOW).isBehind).toBe(false);
  });

  test("dated in the future are added and never mark the list as behind", () => {
    const ahead = Array.from({ length: 100 }, (_, n) => eventAt(`z${n}`, n - 3600));
    const found = { items: [...ahead, eventAt("d", 5), eventAt("c", 10)], next: null };
    const arrivals = addArrivals(nothing, listed, found, NOW);
    expect(arrivals.isBehind).toBe(false);
    expect(idsOf(arrivals)).toEqual([...ahead.map(({ id }) => id), "d"]);
    const later = addArrivals(arrivals, listed, { ...found, items: [...ahead, eventAt("e", 1)] }, NOW + 2000);
    expect([idsOf(later).at(-1), later.isBehind]).toEqual(["e", false]);
  });

  test("mark the list as behind after 1,000 events, so that it does not grow forever", () => {
    const many = Array.from({ length: 1001 }, (_, n) => eventAt(`n${n}`, 1));
    expect(addArrivals(nothing, listed, response(...many), NOW).isBehind).toBe(true);
  });

  test("merge with the list without duplicates, in the server's order", () => {
    const same = [eventAt("b", 5), eventAt("d", 5), eventAt("c", 5)];
    expect(mergeEvents(same, [eventAt("c", 5), eventAt("a", 5)]).map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
  });
});
