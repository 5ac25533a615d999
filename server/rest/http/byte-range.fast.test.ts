import { expect, test } from "vitest";
import { parseByteRange } from "./byte-range";

test.each([
  ["bytes=0-0", { from: 0, to: 1 }],
  ["bytes=2-4", { from: 2, to: 5 }],
  ["bytes=2-", { from: 2, to: 10 }],
  ["bytes=9-9", { from: 9, to: 10 }],
  ["bytes=2-10", { from: 2, to: 10 }],
  ["bytes=2-99999999999999999999", { from: 2, to: 10 }],
  ["bytes=-3", { from: 7, to: 10 }],
  ["bytes=-10", { from: 0, to: 10 }],
  ["bytes=-11", { from: 0, to: 10 }],
  ["Bytes= 2-4 ", { from: 2, to: 5 }],
])("the range %s of ten bytes is read", (header, range) => {
  expect(parseByteRange(header, 10)).toEqual(range);
});

test.each(["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"])(
  "the range %s has none of ten bytes",
  (header) => {
    expect(parseByteRange(header, 10)).toBe("unsatisfiable");
  },
);

test("no range of an empty file is satisfiable", () => {
  for (const header of ["bytes=0-", "bytes=0-0", "bytes=-1"]) expect(parseByteRange(header, 0)).toBe("unsatisfiable");
});

test.each([
  null,
  "",
  "bytes=",
  "bytes=-",
  "bytes=4-2",
  "bytes=a-b",
  "lines=1-2",
  "bytes=0-1,4-5",
  "0-1",
  "bytes=1.5-2",
])("the header %s is ignored, so the response is the whole file", (header) => {
  expect(parseByteRange(header, 10)).toBeNull();
});
