import { expect, test } from "vitest";
import { foldCase } from "./fold-case";

test.each([
  ["ΠΑΠΑΔΌΠΟΥΛΟΣ", "Παπαδόπουλος"],
  ["Jose\u0301", "JOSÉ"],
  ["STRASSE", "Straße"],
  ["STRAẞE", "straße"],
  ["İstanbul", "ISTANBUL"],
  ["DIŞARI", "dışarı"],
  ["\u212bngström", "ÅNGSTRÖM"],
  ["\u1112\u1161\u11ab", "한"],
  ["Việt", "VIE\u0323\u0302T"],
  ["5 \u00b5m", "5 ΜM"],
])("%s and %s are the same text for a search", (one, other) => {
  expect(foldCase(one)).toBe(foldCase(other));
});

test("a folded text stays the same when it is folded again, and ASCII only changes its case", () => {
  for (const text of ["ΠΑΠΑΔΌΠΟΥΛΟΣ", "İıIi", "ſßẞ", "👩‍💻"]) expect(foldCase(foldCase(text))).toBe(foldCase(text));
  const ascii = String.fromCharCode(...Array.from({ length: 128 }, (_, n) => n));
  expect(foldCase(ascii)).toBe(ascii.toLowerCase());
});
