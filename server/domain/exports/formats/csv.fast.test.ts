import Papa from "papaparse";
import { expect, test } from "vitest";
import { copyRow, HARMLESS_TEXTS } from "@/server/testing/copy-row";
import { FORMULAS } from "@/server/testing/formula-corpus";
import { CSV_HEADER, toCsv } from "./csv";
import { escapeFormula } from "./formula";

const parse = (...rows: Buffer[]) =>
  Papa.parse<Record<string, string>>(CSV_HEADER + toCsv(Buffer.concat(rows)).toString(), {
    header: true,
    skipEmptyLines: true,
    newline: "\r\n",
  }).data;
const readBack = (location: string) => parse(copyRow({ location }))[0]?.["location"];
const unescape = (cell: string) =>
  cell.startsWith("'") && escapeFormula(cell.slice(1)) === cell ? cell.slice(1) : cell;

test("a cell that a spreadsheet could run as a formula gets a prefix, which readers can remove", () => {
  for (const text of FORMULAS) {
    const cell = readBack(text) ?? "";
    expect(cell, JSON.stringify(text)).toBe(`'${text}`);
    expect(unescape(cell)).toBe(text);
  }
});

test("every other text is exported unchanged, including plain numbers", () => {
  for (const text of HARMLESS_TEXTS) {
    expect(readBack(text), JSON.stringify(text)).toBe(text);
    expect(unescape(text)).toBe(text);
  }
});

test("every line ends with CRLF, and rows written in groups of any size give the same bytes", () => {
  const rows = Array.from({ length: 250 }, (_, n) => copyRow({ location: `place ${n}` }));
  const together = toCsv(Buffer.concat(rows)).toString();
  expect(together.split("\r\n")).toHaveLength(251);
  expect(rows.map((row) => toCsv(row).toString()).join("")).toBe(together);
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
