import { expect, test } from "vitest";
import { countLabel } from "./count-label";

test("a capped count of 0 does not claim that there are no events", () => {
  expect(countLabel({ count: 0, capped: true })).toBe("Counting…");
  expect(countLabel({ count: 0, capped: false })).toBe("No events");
  expect(countLabel({ count: 1, capped: false })).toBe("1 event");
  expect(countLabel({ count: 1, capped: true })).toBe("1+ events");
});
