import Papa from "papaparse";
import { expect, test } from "vitest";
import { FORMULAS } from "@/server/testing/formula-corpus";
import { CSV_HEADER, toCsv } from "./csv";
import { inert } from "./formula";
import type { ExportedEvent } from "./read-page";

/** An event whose location is the text in question. */
const withText = (text: string, targets: object[] = []): ExportedEvent => ({
  uuid: "0199a0b1-0000-7000-8000-000000000001",
  occurredAt: "1757937600000",
  receivedAt: "1757937600123",
  action: ["user.signed_in", "1"],
  actor: ["user_1", "user", "", ""],
  targets: JSON.stringify(targets),
  context: [text, ""],
  metadata: '{"a":"=1"}',
});

const parse = (csv: string) =>
  Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true, newline: "\r\n" }).data;
const location = (text: string) => parse(CSV_HEADER + toCsv([withText(text)]))[0]?.["location"] ?? "";
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
  const whole = toCsv(events);
  expect(whole.split("\r\n")).toHaveLength(251);
  expect(events.map((event) => toCsv([event])).join("")).toBe(whole);
});

test("moments are written to the millisecond in UTC, and metadata as it was stored", () => {
  const [row] = parse(CSV_HEADER + toCsv([withText("x")]));
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

test("targets are joined by | in their own order, and a | or \\ in a value is marked", () => {
  const target = (id: string, name: string | null) => ({ id, type: "t,1", name, metadata: null });
  const [row] = parse(
    CSV_HEADER + toCsv([withText("x", [target("b|1", "Plan"), target("a\\", null), target("c", "Büro")])]),
  );
  expect(row).toMatchObject({ target_ids: "b\\|1|a\\\\|c", target_types: "t,1|t,1|t,1", target_names: "Plan||Büro" });
  const [single] = parse(CSV_HEADER + toCsv([withText("x", [target("a|b", null)])]));
  expect(single).toMatchObject({ target_ids: "a\\|b", target_names: "" });
});
