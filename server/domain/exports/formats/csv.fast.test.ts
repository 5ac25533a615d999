import Papa from "papaparse";
import { expect, test } from "vitest";
import { copyRow, HARMLESS_TEXTS } from "@/server/testing/copy-row";
import { FORMULAS, SPLIT_FORMULAS } from "@/server/testing/formula-corpus";
import { cellsSplitAt, isLive, restored } from "@/server/testing/spreadsheet-cells";
import { CSV_HEADER, toCsv } from "./csv";
import { toExcelCsv } from "./excel-csv";

const parse = (...rows: Buffer[]) =>
  Papa.parse<Record<string, string>>(CSV_HEADER + toCsv(Buffer.concat(rows)).toString(), {
    header: true,
    skipEmptyLines: true,
    delimiter: ",",
    newline: "\r\n",
  }).data;
const readBack = (location: string) => parse(copyRow({ location }))[0]?.["location"];

/** Returns a row with the text wherever an event can have one. */
function rowOf(text: string): Buffer {
  const metadata = { a: text, b: text };
  const target = { id: text, type: text, name: text, metadata };
  const json = JSON.stringify(metadata);
  return copyRow({ location: text, actorName: text, targets: [target, target], metadata: json });
}

test("a cell that a spreadsheet could run as a formula gets a prefix, which readers can remove", () => {
  for (const text of FORMULAS) {
    const cell = readBack(text) ?? "";
    expect(cell.startsWith("'"), JSON.stringify(text)).toBe(true);
    expect(restored(cell), JSON.stringify(text)).toBe(text);
  }
});

test("CSV for Excel also restores to the texts that were sent", () => {
  for (const text of [...FORMULAS, ...SPLIT_FORMULAS, ...HARMLESS_TEXTS, "x,=1", "x,'=1", "'-5"]) {
    const line = toExcelCsv(copyRow({ location: text })).toString("utf16le");
    const [cells = []] = Papa.parse<string[]>(line, { delimiter: "\t", newline: "\r\n" }).data;
    expect(restored(cells[13] ?? "", "csv_excel"), JSON.stringify(text)).toBe(text);
  }
});

test("a formula after a semicolon, tab or line break gets a prefix, which readers can remove", () => {
  for (const text of SPLIT_FORMULAS) {
    const cell = readBack(text) ?? "";
    expect(cell, JSON.stringify(text)).toMatch(/[;\t\r\n]'/);
    expect(restored(cell), JSON.stringify(text)).toBe(text);
  }
});

test("no CSV has a live cell, whether it is split at commas, semicolons or tabs", () => {
  const texts = [
    ...FORMULAS,
    ...SPLIT_FORMULAS,
    ...SPLIT_FORMULAS.map((text) => text.replaceAll(";", ",")),
    "x;",
    "x,",
  ];
  const files = [
    { own: ",", write: (row: Buffer) => toCsv(row).toString() },
    { own: "\t", write: (row: Buffer) => toExcelCsv(row).toString("utf16le") },
  ];
  for (const { own, write } of files) {
    const file = texts.map((text) => write(rowOf(text))).join("");
    for (const separator of [",", ";", "\t"]) {
      expect(cellsSplitAt(separator, file).filter(isLive), JSON.stringify([own, separator])).toEqual([]);
      if (separator === own) continue;
      expect(cellsSplitAt(separator, file, "ignored").filter(isLive), JSON.stringify([own, separator])).toEqual([]);
    }
  }
  // The check itself finds live cells.
  const naive = texts.map((text) => Papa.unparse([["a", text, "b"]])).join("\r\n");
  for (const separator of [",", ";", "\t"]) expect(cellsSplitAt(separator, naive).some(isLive)).toBe(true);
});

test("metadata and targets keep their values, also where they contain formulas", () => {
  for (const text of [...FORMULAS, ...SPLIT_FORMULAS, ...HARMLESS_TEXTS]) {
    const [row] = parse(rowOf(text));
    expect(JSON.parse(row?.["metadata"] ?? "")).toEqual({ a: text, b: text });
    expect(JSON.parse(row?.["targets"] ?? "")).toMatchObject([{ name: text }, { id: text, metadata: { b: text } }]);
  }
});

test("every other text is exported unchanged, including plain numbers", () => {
  for (const text of HARMLESS_TEXTS) {
    expect(readBack(text), JSON.stringify(text)).toBe(text);
    expect(restored(text)).toBe(text);
  }
});

test("every line ends with CRLF, and rows written in groups of any size give the same bytes", () => {
  const rows = Array.from({ length: 250 }, (_, n) => copyRow({ location: `place ${n}` }));
  const together = toCsv(Buffer.concat(rows)).toString();
  expect(together.split("\r\n")).toHaveLength(251);
  expect(rows.map((row) => toCsv(row).toString()).join("")).toBe(together);
});

test("a cell with a comma, semicolon or tab is quoted in every CSV, so that no spreadsheet splits it", () => {
  for (const text of ["a,b", "a;b", "a\tb"]) {
    const row = copyRow({ location: text });
    expect(toCsv(row).toString()).toContain(`,"${text}",`);
    expect(toExcelCsv(row).toString("utf16le")).toContain(`\t"${text}"\t`);
  }
});

test("timestamps have millisecond precision in UTC, and metadata is exported as it was stored", () => {
  const [row] = parse(copyRow({ location: "x" }));
  expect(row).toMatchObject({
    id: "audit_log_event_01K6GB2000E008000000000001",
    occurred_at: "2025-09-15T12:00:00.000Z",
    received_at: "2025-09-15T12:00:00.123Z",
    metadata: '{"a":"=1"}',
    actor_metadata: "",
    targets: "[]",
    target_ids: "",
  });
});

test("target values are joined by | in their order, and a | or \\ in a value is escaped", () => {
  const target = (id: string, name: string | null) => ({ id, type: "t,1", name, metadata: null });
  const several = [target("b|1", "Plan"), target("a\\", null), target("c", "Büro")];
  const [row, single] = parse(
    copyRow({ location: "x", targets: several }),
    copyRow({ location: "x", targets: [target("a|b", null)] }),
  );
  expect(row).toMatchObject({ target_ids: "b\\|1|a\\\\|c", target_types: "t,1|t,1|t,1", target_names: "Plan||Büro" });
  expect(single).toMatchObject({ target_ids: "a\\|b", target_names: "" });
});
