import { expect, test } from "vitest";
import { countLabel } from "@/components/events/event-count";
import { searchProgressLabel, type SearchedPage } from "./search-progress-label";

const page = (items: number, searched: SearchedPage["searched"] = null): SearchedPage => ({
  items: Array.from({ length: items }),
  searched,
});
const until = (day: number) => ({ until: new Date(`2026-10-0${day}T09:14:05.000Z`), events: 20_000 });

test("an empty page that is not the last says how far was searched, not that nothing matches", () => {
  expect(searchProgressLabel([page(0, until(3))], "utc")).toBe(
    "Searched about 20,000 events, back to 3 Oct 2026, 09:14:05 UTC; none match so far.",
  );
  expect(searchProgressLabel([page(0, until(3)), page(1, until(2))], "utc")).toBe(
    "Searched about 40,000 events, back to 2 Oct 2026, 09:14:05 UTC; 1 matches so far.",
  );
  expect(searchProgressLabel([page(50), page(7, until(1))], "utc")).toBe(
    "Searched about 20,050 events, back to 1 Oct 2026, 09:14:05 UTC; 57 match so far.",
  );
});

test("of a full page, and of the last one, there is nothing to say", () => {
  expect(searchProgressLabel([], "utc")).toBeNull();
  expect(searchProgressLabel([page(50)], "utc")).toBeNull();
  expect(searchProgressLabel([page(0, until(3)), page(4)], "utc")).toBeNull();
});

test("a count that ended before it found one is not none", () => {
  expect(countLabel({ count: 0, capped: true })).toBe("None counted yet");
  expect(countLabel({ count: 0, capped: false })).toBe("No events");
  expect(countLabel({ count: 1, capped: false })).toBe("1 event");
  expect(countLabel({ count: 1, capped: true })).toBe("1+ events");
});
