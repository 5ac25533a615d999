import Papa from "papaparse";
import { expect, test } from "vitest";
import { toCsv } from "@/server/domain/exports/formats/csv";
import { toExcelCsv } from "@/server/domain/exports/formats/excel-csv";
import { formulaEscape } from "@/server/domain/exports/formats/formula";
import { cellsOf } from "@/server/domain/exports/formats/rows";
import { targetCells } from "@/server/domain/exports/formats/target-cells";
import { copyRow, HARMLESS_TEXTS } from "@/server/testing/copy-row";
import { FORMULAS, SPLIT_FORMULAS } from "@/server/testing/formula-corpus";
import { CsvFastPath } from "./csv-fast-path";

const START = [
  "audit_log_event_01K6GB2000E008000000000001",
  "2025-09-15T12:00:00.000Z",
  "2025-09-15T12:00:00.123Z",
  "user.signed_in",
  "1",
];
const ODD = [
  " a",
  "a ",
  "a|b",
  "a\\b",
  "x;\\=1",
  "Büro",
  "\ufeffa",
  "a,\ufeff=1",
  "null",
  "[{",
  "}]",
  ';"',
  "a,'\"b",
  "",
];
const SPLIT_AT_COMMAS = SPLIT_FORMULAS.map((text) => text.replaceAll(";", ","));
const TEXTS = [...HARMLESS_TEXTS, ...FORMULAS, ...SPLIT_FORMULAS, ...SPLIT_AT_COMMAS, ...ODD];

const kinds = [
  { name: "CSV", separator: ",", splitters: ";", end: [], write: (row: Buffer) => toCsv(row).toString() },
  {
    name: "CSV for Excel",
    separator: "\t",
    splitters: ",;",
    end: [""],
    write: (row: Buffer) => toExcelCsv(row).toString("utf16le"),
  },
];

test.each(kinds)(
  "$name: the lines of 5,000 rows, most of them hostile, are those of papaparse",
  ({ separator, splitters, end, write }) => {
    const { inText, inJson } = formulaEscape({ splitters, keepsNumbers: separator === "," });
    const random = (n: number, salt: number) => TEXTS[(n * 7919 + salt * 104_729) % TEXTS.length] ?? "";
    for (let n = 0; n < 5_000; n += 1) {
      const value = (salt: number) => (n % 3 === 0 ? `plain ${salt}` : random(n, salt));
      const targets = Array.from({ length: n % 4 }, (_, each) => ({
        id: value(each),
        type: value(each + 10),
        name: n % 5 === 0 ? null : value(each + 20),
        metadata: n % 7 === 0 ? { key: value(each + 30) } : null,
      }));
      const metadata = ["", "{}", JSON.stringify({ [value(40)]: value(41) })][n % 3] ?? "";
      const [json = "", ...joined] = targetCells(JSON.stringify(targets));
      const texts = [...joined, value(51), ""].map(inText);
      const cells = [
        ...START,
        "user_1",
        "user",
        inText(value(50)),
        "",
        inJson(json),
        ...texts,
        inJson(metadata),
        ...end,
      ];
      const quotes = (cell: string) => /[,;\t]/.test(cell);
      const row = copyRow({ location: value(51), targets, actorName: value(50), metadata });
      expect(write(row)).toBe(`${Papa.unparse([cells], { delimiter: separator, quotes })}\r\n`);
      expect(cellsOf(row)[9]).toBe(JSON.stringify(targets));
    }
  },
);

test.each(kinds)("$name: what backends usually send never needs the fallback", ({ separator, splitters }) => {
  const usual = [
    "192.0.2.1",
    "::1",
    "",
    "Mozilla/5.0 (KHTML, like Gecko)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)",
    "Büro; Österreich; 山田;",
    'a "b", c',
    "Büro",
    "山田",
    "Мария",
    "C:\\temp",
  ];
  const targets = [
    { id: "doc_1", type: "document", name: "Plan, final", metadata: { size: "1", deep: { er: true } } },
    { id: "team_1", type: "team", name: null, metadata: null },
  ];
  const fallback = (row: Buffer): never => {
    throw new Error(`Not supported: ${row.toString()}`);
  };
  for (const text of usual) {
    const metadata = JSON.stringify({ path: "a\\b", text: 'say "hi"', line: "1\n2" });
    const row = copyRow({ location: text, targets, actorName: text, metadata });
    const fastPath = new CsvFastPath({ separator: separator === "," ? "," : "\t", splitters });
    const [line = []] = Papa.parse<string[]>(fastPath.write(row, fallback).toString(), {
      delimiter: separator,
      newline: "\r\n",
    }).data;
    expect(line).toHaveLength(16);
    expect([line[7], line[13], line[15]]).toEqual([text, text, metadata]);
  }
});

test("timestamps are written as Date writes them, from year 1 to 9999, around midnight and 1970", () => {
  const days = ["0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"];
  for (const midnight of days.map((day) => Date.parse(`${day}T24:00:00Z`))) {
    for (const shift of [-61_001, -1, 0, 1, 9, 10, 99, 100, 61_001, 3_661_001]) {
      const [occurred, received] = [midnight + shift, midnight - shift];
      const [, ...cells] = toCsv(copyRow({ location: "x", timestamps: [occurred, received] }))
        .toString()
        .split(",", 3);
      expect(cells).toEqual([occurred, received].map((time) => new Date(time).toISOString()));
    }
  }
});
