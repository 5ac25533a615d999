import Papa from "papaparse";
import { expect, test } from "vitest";
import { FORMULAS } from "@/server/testing/formula-corpus";
import { CSV_HEADER, toCsv } from "./csv";
import { inert } from "./formula";
import { PlainLines } from "@/server/domain/exports/formats/csv-fast-path/csv-fast-path";
import { cellsOf } from "./rows";
import { targetCells } from "./target-cells";

const LETTERS: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\b": String.raw`\b`,
  "\f": String.raw`\f`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
  "\v": String.raw`\v`,
};
/** As PostgreSQL's COPY writes it. */
const escaped = (cell: string) => cell.replaceAll(/[\\\b\f\n\r\t\v]/g, (found) => LETTERS[found] ?? "");

/** An event whose location is the text in question. */
function withText(
  text: string,
  targets: object[] = [],
  more: { actorName?: string; metadata?: string; moments?: string[] } = {},
): Buffer {
  const { actorName = "", metadata = '{"a":"=1"}', moments = ["1757937600000", "1757937600123"] } = more;
  const actor = ["user_1", "user", actorName, ""];
  const cells = ["0199a0b1-0000-7000-8000-000000000001", ...moments, "user.signed_in", "1", ...actor];
  return Buffer.from(`${[...cells, JSON.stringify(targets), text, "", metadata].map(escaped).join("\t")}\n`);
}

const written = (rows: Buffer) => toCsv(rows).toString();
const parse = (csv: string) =>
  Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true, newline: "\r\n" }).data;
const location = (text: string) => parse(CSV_HEADER + written(withText(text)))[0]?.["location"] ?? "";
const original = (cell: string) => (cell.startsWith("'") && inert(cell.slice(1)) === cell ? cell.slice(1) : cell);

const harmless = [
  "",
  "plain",
  "a=b",
  "1-2",
  "-5",
  "+5",
  "-1.5e3",
  ".5",
  "'quoted'",
  "it's",
  "a,b",
  'a "b"',
  "line\nbreak",
  "line\r\nbreak",
  " blank ",
  "\u001e\u001f",
  "😀",
  "مرحبا",
];

test("a cell that a spreadsheet could run as a formula is inert, and without its prefix the original", () => {
  for (const text of FORMULAS) {
    const cell = location(text);
    expect(cell, JSON.stringify(text)).toBe(`'${text}`);
    expect(original(cell)).toBe(text);
  }
});

test("every other text comes through unchanged, plain numbers too", () => {
  for (const text of harmless) {
    expect(location(text), JSON.stringify(text)).toBe(text);
    expect(original(text)).toBe(text);
  }
});

test("every line ends with CRLF, and slices of any size join to the same bytes", () => {
  const events = Array.from({ length: 250 }, (_, n) => withText(`place ${n}`));
  const whole = written(Buffer.concat(events));
  expect(whole.split("\r\n")).toHaveLength(251);
  expect(events.map(written).join("")).toBe(whole);
});

test("moments are written to the millisecond in UTC, and metadata as it was stored", () => {
  const [row] = parse(CSV_HEADER + written(withText("x")));
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

test("moments are written as Date writes them, from the first year to the last, on both sides of midnight and of 1970", () => {
  const days = ["0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"];
  for (const midnight of days.map((day) => Date.parse(`${day}T24:00:00Z`))) {
    for (const shift of [-61_001, -1, 0, 1, 9, 10, 99, 100, 61_001, 3_661_001]) {
      const [occurred, received] = [new Date(midnight + shift), new Date(midnight - shift)];
      const moments = [occurred, received].map((date) => String(date.getTime()));
      expect(parse(CSV_HEADER + written(withText("x", [], { moments })))[0]).toMatchObject({
        occurred_at: occurred.toISOString(),
        received_at: received.toISOString(),
      });
    }
  }
});

test("nearly all rows are plain: what a backend usually sends is written without making texts", () => {
  const usual = [
    "192.0.2.1",
    "::1",
    "",
    "Mozilla/5.0 (KHTML, like Gecko)",
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
  const other = (row: Buffer): never => {
    throw new Error(`Not plain: ${row.toString()}`);
  };
  for (const text of usual) {
    const metadata = JSON.stringify({ path: "a\\b", text: 'say "hi"', line: "1\n2" });
    const row = withText(text, targets, { actorName: text, metadata });
    expect(new PlainLines().write(row, other).toString()).toBe(written(row));
    expect(location(text)).toBe(text);
  }
});

test("targets are joined by | in their own order, and a | or \\ in a value is marked", () => {
  const target = (id: string, name: string | null) => ({ id, type: "t,1", name, metadata: null });
  const [row] = parse(
    CSV_HEADER + written(withText("x", [target("b|1", "Plan"), target("a\\", null), target("c", "Büro")])),
  );
  expect(row).toMatchObject({ target_ids: "b\\|1|a\\\\|c", target_types: "t,1|t,1|t,1", target_names: "Plan||Büro" });
  const [single] = parse(CSV_HEADER + written(withText("x", [target("a|b", null)])));
  expect(single).toMatchObject({ target_ids: "a\\|b", target_names: "" });
});

test("a line that is put together from plain parts is the line that papaparse writes", () => {
  const values = [...harmless, ...FORMULAS, " a", "a ", "a|b", "a\\b", "Büro", "\ufeffa", "null", "[{", "}]", ""];
  const random = (n: number, salt: number) => values[(n * 7919 + salt * 104_729) % values.length] ?? "";
  for (let n = 0; n < 5_000; n += 1) {
    const plain = (salt: number) => (n % 3 === 0 ? `plain ${salt}` : random(n, salt));
    const targets = Array.from({ length: n % 4 }, (_, each) => ({
      id: plain(each),
      type: plain(each + 10),
      name: n % 5 === 0 ? null : plain(each + 20),
      metadata: n % 7 === 0 ? { key: plain(each + 30) } : null,
    }));
    const metadata = ["", "{}", JSON.stringify({ [plain(40)]: plain(41) })][n % 3] ?? "";
    const cells = ["user_1", "user", plain(50), "", ...targetCells(JSON.stringify(targets)), plain(51), "", metadata];
    const start = "audit_log_event_01K6GB2000E008000000000001,2025-09-15T12:00:00.000Z,2025-09-15T12:00:00.123Z";
    const line = Papa.unparse([["user.signed_in", "1", ...cells].map(inert)]);
    const row = withText(plain(51), targets, { actorName: plain(50), metadata });
    expect(written(row)).toBe(`${start},${line}\r\n`);
    expect(cellsOf(row)[9]).toBe(JSON.stringify(targets));
  }
});
