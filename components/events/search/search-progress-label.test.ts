import { expect, test } from "vitest";
import { searchProgressLabel, type SearchedPage } from "./search-progress-label";

const page = (items: number, searched: SearchedPage["searched"] = null): SearchedPage => ({
  items: Array.from({ length: items }),
  searched,
});
const until = (day: number) => ({ until: new Date(`2026-10-0${day}T09:14:05.000Z`), events: 20_000 });

test("an unfinished search shows how far it got instead of claiming that nothing matches", () => {
  expect(searchProgressLabel([page(0, until(3))], "utc")).toBe(
    "Searched about 20,000 events, back to 3 Oct 2026, 09:14:05 UTC. No matches yet.",
  );
  expect(searchProgressLabel([page(0, until(3)), page(1, until(2))], "utc")).toBe(
    "Searched about 40,000 events, back to 2 Oct 2026, 09:14:05 UTC. 1 match so far.",
  );
  expect(searchProgressLabel([page(50), page(7, until(1))], "utc")).toBe(
    "Searched about 20,050 events, back to 1 Oct 2026, 09:14:05 UTC. 57 matches so far.",
  );
});

test("full pages and the last page of a list show no search progress", () => {
  expect(searchProgressLabel([], "utc")).toBeNull();
  expect(searchProgressLabel([page(50)], "utc")).toBeNull();
  expect(searchProgressLabel([page(0, until(3)), page(4)], "utc")).toBeNull();
});
