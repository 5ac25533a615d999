import { expect, test } from "vitest";
import { momentText } from "./moment-text";

test("moments are written as Date writes them, from the first year to the last, on both sides of midnight and of 1970", () => {
  const text = momentText();
  const moments = [
    "0001-01-01T00:00:00.000Z",
    "1969-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00.000Z",
    "2024-02-29T23:59:59.999Z",
    "9999-12-31T23:59:59.999Z",
  ];
  for (const moment of moments) {
    for (const shift of [-1, 0, 1, 61_001, 3_661_001]) {
      const date = new Date(Date.parse(moment) + shift);
      expect(text(String(date.getTime()))).toBe(date.toISOString());
    }
  }
});
