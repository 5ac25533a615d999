import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";
import { parse as parseCsv } from "csv-parse/sync";
import Papa from "papaparse";
import { expect } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import type { ExportRequest } from "@/schemas/exports/export";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { readFile, runExport, writeParts, YEAR } from "@/server/testing/run-export";
import { createTestBucket, S3_MISSING, s3Server } from "@/server/testing/s3";
import { inAnotherProcess } from "@/server/testing/services";
import { blobKey } from "@/server/domain/exports/blob-key";
import { createDownloadUrl, findDownload } from "@/server/domain/exports/download";
import { getExport } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { completeExport } from "@/server/domain/exports/writing/complete-export";
import { type ExportPart, writeExportPart } from "@/server/domain/exports/writing/write-export-part";

const SMALL_PARTS = { rows: 100, bytes: 40_000 };

async function createFile(
  scope: OrganizationScope,
  options: Partial<ExportRequest>,
): Promise<{ id: string; file: Buffer }> {
  const { id } = await requestExport(scope, { filters: eventFilters.parse(YEAR), ...options });
  return { id, file: await runExport(scope, id, SMALL_PARTS) };
}

async function download(scope: OrganizationScope, id: string) {
  const { searchParams } = new URL((await createDownloadUrl(scope, id)).url);
  return findDownload(scope, {
    exportId: id,
    expires: searchParams.get("expires") ?? "",
    signature: searchParams.get("signature") ?? "",
  });
}

test("JSON Lines contain every value as it was sent, and null for missing values", async ({ organization }) => {
  const hostile = '=1+1"\u2028\u001e\u001f\n𝒜\t';
  const [first, second] = await storeEvents(organization, [
    anEvent({
      actor: { id: "u", type: "user", name: hostile, metadata: { n: 1.5, yes: true, text: hostile } },
      context: { location: hostile, userAgent: hostile },
      metadata: { zero: 0 },
    }),
    anEvent({
      occurredAt: new Date("2026-09-16"),
      actor: { id: "u", type: "user", name: null, metadata: null },
      targets: [],
    }),
  ]);
  const { id, file } = await createFile(organization, { format: "jsonl" });
  const lines = file.toString("utf8").split("\n");
  expect(lines.pop()).toBe("");
  const received = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string;
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      id: first,
      action: "document.updated",
      version: 1,
      occurred_at: "2026-09-15T12:00:00.000Z",
      received_at: received,
      actor: { id: "u", type: "user", name: hostile, metadata: { n: 1.5, yes: true, text: hostile } },
      targets: [{ id: "doc_1", type: "document", name: "Plan", metadata: null }],
      context: { location: hostile, user_agent: hostile },
      metadata: { zero: 0 },
    },
    {
      id: second,
      action: "document.updated",
      version: 1,
      occurred_at: "2026-09-16T00:00:00.000Z",
      received_at: received,
      actor: { id: "u", type: "user", name: null, metadata: null },
      targets: [],
      context: { location: "192.0.2.1", user_agent: null },
      metadata: null,
    },
  ]);
  expect(await download(organization, id)).toMatchObject({
    fileName: "audit-log_Acme_2026-01-01_2027-01-01.jsonl",
    contentType: "application/x-ndjson; charset=utf-8",
  });
});

test("a gzip file of several parts is one member, for every reader, and is reproducible", async ({ organization }) => {
  await seedEvents(organization, { count: 1_000, ...YEAR, seed: 3 });
  for (const format of ["csv", "csv_excel", "jsonl"] as const) {
    const plain = await createFile(organization, { format });
    const packed = await createFile(organization, { format, gzip: true });
    expect(plain.file.length).toBeGreaterThan(4 * SMALL_PARTS.bytes);
    await expectOneMember(packed.file, plain.file);
    expect((await createFile(organization, { format, gzip: true })).file.equals(packed.file)).toBe(true);
    const extension = format === "jsonl" ? "jsonl" : "csv";
    expect(await download(organization, packed.id)).toMatchObject({
      fileName: `audit-log_Acme_2026-01-01_2027-01-01.${extension}.gz`,
      contentType: "application/gzip",
      bytes: packed.file.length,
      rows: 1_000,
    });
  }
});

test("a gzip file whose parts were written again after crashes has the same bytes", async ({ organization }) => {
  await seedEvents(organization, { count: 1_000, ...YEAR, seed: 4 });
  const undisturbed = (await createFile(organization, { gzip: true })).file;
  const { id } = await requestExport(organization, { filters: eventFilters.parse(YEAR), gzip: true });
  await beginExport(organization, id);
  const first = await writeParts(organization, id, SMALL_PARTS);
  const steps = JSON.parse(JSON.stringify(first.slice(0, 3))) as ExportPart[];
  // Another process continues from what the steps returned.
  const process = inAnotherProcess(organization);
  await completeExport(process, id, await writeParts(process, id, SMALL_PARTS, steps));
  expect((await readFile(organization, id)).equals(undisturbed)).toBe(true);
});

test("a gzip file that version 0.2 began ends as version 0.2 would have ended it", async ({ organization }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 5 });
  const plain = (await createFile(organization, {})).file;
  const { id } = await requestExport(organization, { filters: eventFilters.parse(YEAR), gzip: true });
  await beginExport(organization, id);
  const [first] = await writeParts(organization, id, SMALL_PARTS);
  const uploadId = await organization.blobs.begin(blobKey(id));
  if (!first) throw new Error("There is no part.");
  const { crc32: _, version: __, ...cursor } = first.cursor;
  const member = [gzipSync(plain.subarray(0, cursor.bytes))];
  const stored = await organization.blobs.putPart(blobKey(id), uploadId, 1, Readable.from(member));
  const begun = { ...stored, cursor, done: false };
  await completeExport(organization, id, await writeParts(organization, id, SMALL_PARTS, [begun]));
  expect(gunzipSync(await readFile(organization, id)).equals(plain)).toBe(true);
});

test("a CSV for Excel that version 0.2 began in UTF-8 fails with the reason", async ({ organization }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 5 });
  const { id } = await requestExport(organization, { filters: eventFilters.parse(YEAR), format: "csv_excel" });
  await beginExport(organization, id);
  const first = await writeExportPart(organization, id, null, 1, SMALL_PARTS);
  if (!first) throw new Error("There is no part.");
  const { version: _, ...cursor } = first.cursor;
  expect(await writeExportPart(organization, id, cursor, 2, SMALL_PARTS)).toBeNull();
  const failure = "Trailport was upgraded while this file was being written. Export again.";
  expect(await getExport(organization, id)).toMatchObject({ state: "error", failure });
});

test("a part whose rows grow ends at the same row, however the database sends them", async ({ organization }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 6 });
  const { db } = organization;
  const inPiecesOf = (size: number) => ({
    ...organization,
    db: {
      ...db,
      async *copy(...call: Parameters<typeof db.copy>) {
        const all = await buffer(Readable.from(db.copy(...call)));
        for (let start = 0; start < all.length; start += size) yield all.subarray(start, start + size);
      },
    },
  });
  const size = { rows: 500, bytes: 10_000 };
  const files = [];
  for (const pieces of [1 << 14, 70_001, 1 << 20]) {
    const scope = inPiecesOf(pieces);
    const { id } = await requestExport(scope, { filters: eventFilters.parse(YEAR), gzip: true });
    files.push(await runExport(scope, id, size));
  }
  const [first, ...others] = files;
  for (const other of others) expect(first?.equals(other)).toBe(true);
});

test.runIf(s3Server)(`a gzip file in S3 is one member, like on disk${S3_MISSING}`, async ({ organization }) => {
  await seedEvents(organization, { count: 1_000, ...YEAR, seed: 3 });
  const onDisk = await createFile(organization, { gzip: true });
  const { store } = await createTestBucket();
  const inS3 = await createFile({ ...organization, blobs: store }, { gzip: true });
  expect(inS3.file.equals(onDisk.file)).toBe(true);
});

/** Expects one gzip member (RFC 1952) that several readers unpack to `text`. */
async function expectOneMember(file: Buffer, text: Buffer): Promise<void> {
  const [header, end] = [10, 8];
  const { buffer: unpacked, engine } = inflateRawSync(file.subarray(header), { info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  expect(unpacked.equals(text)).toBe(true);
  // Nothing follows the first member.
  expect(header + engine.bytesWritten + end).toBe(file.length);
  expect(file.readUInt32LE(file.length - 8)).toBe(crc32(text));
  expect(file.readUInt32LE(file.length - 4)).toBe(text.length);
  expect(gunzipSync(file).equals(text)).toBe(true);
  const stream = new Blob([new Uint8Array(file)]).stream().pipeThrough(new DecompressionStream("gzip"));
  expect(Buffer.from(await new Response(stream).arrayBuffer()).equals(text)).toBe(true);
  const python = spawnSync("python3", ["-c", READ_ONE_MEMBER], { input: file, maxBuffer: 1 << 28 });
  if (python.error) return;
  expect(python.stderr.toString()).toBe("");
  expect(python.stdout.equals(text)).toBe(true);
}

const READ_ONE_MEMBER = `
import sys, zlib
reader = zlib.decompressobj(31)
text = reader.decompress(sys.stdin.buffer.read())
assert reader.eof and not reader.unused_data
sys.stdout.buffer.write(text)
`;

test("a file without events contains the header alone, or nothing in JSON Lines", async ({ organization }) => {
  expect((await createFile(organization, { gzip: true })).file.length).toBeGreaterThan(0);
  expect((await createFile(organization, { format: "jsonl" })).file).toHaveLength(0);
  expect(gunzipSync((await createFile(organization, { format: "jsonl", gzip: true })).file)).toHaveLength(0);
});

test("CSV for Excel is the same table in UTF-16 with tabs, after a byte order mark", async ({ organization }) => {
  await seedEvents(organization, { count: 1_000, ...YEAR, seed: 5 });
  const plain = await createFile(organization, { format: "csv" });
  const excel = await createFile(organization, { format: "csv_excel" });
  expect([...excel.file.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  const [header, ...lines] = parseCsv(plain.file, { record_delimiter: "\r\n" });
  const rows = excelRows(excel.file);
  expect(rows[0]).toEqual([...(header ?? []), "truncated"]);
  expect(rows.slice(1)).toEqual(lines.map((cells) => [...cells, ""]));
  const packed = (await createFile(organization, { format: "csv_excel", gzip: true })).file;
  expect(gunzipSync(packed).equals(excel.file)).toBe(true);
  expect(await download(organization, excel.id)).toMatchObject({
    fileName: "audit-log_Acme_2026-01-01_2027-01-01.csv",
    contentType: "text/csv; charset=utf-16",
    bytes: excel.file.length,
    sha256: createHash("sha256").update(excel.file).digest("hex"),
  });
});

test("formulas are escaped in the file for Excel, and two CSV readers agree", async ({ organization }) => {
  const formulas = ["=1+1", "+1+1", "-2+3", "-5", "@SUM(1)", "＝1", "＋1", "－1", "＠A1", " =1", "\ufeff=1", "=1\n2"];
  const texts = [...formulas, "plain", "a,b", "a;b", "a\tb", 'a "b"', "line\r\nbreak", "Ünïcödé 日本 😀"];
  await storeEvents(
    organization,
    texts.map((text, n) =>
      anEvent({ occurredAt: new Date(Date.UTC(2026, 0, 1, 0, n)), context: { location: text, userAgent: null } }),
    ),
  );
  const { file } = await createFile(organization, { format: "csv_excel" });
  const cells = texts.map((text) => (formulas.includes(text) ? `'${text}` : text));
  const [header = [], ...rows] = excelRows(file);
  expect(rows.map((row) => row[header.indexOf("location")])).toEqual(cells);
  const { data } = Papa.parse<Record<string, string>>(file.toString("utf16le").slice(1), {
    header: true,
    delimiter: "\t",
    skipEmptyLines: true,
    newline: "\r\n",
  });
  expect(data.map((row) => row["location"])).toEqual(cells);
});

test("only CSV for Excel truncates cells, with a mark and a column that names them", async ({ organization }) => {
  const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`key_${n}`, "😀".repeat(250)]));
  const target = (n: number) => ({ id: `document_${n}`, type: "document", name: "ä".repeat(400), metadata });
  const targets = Array.from({ length: 100 }, (_, n) => target(n));
  const short = { id: "short", type: "document", name: "short", metadata: null };
  await storeEvents(organization, [
    anEvent({ occurredAt: new Date("2026-02-01"), targets }),
    anEvent({ occurredAt: new Date("2026-02-02"), targets: [short] }),
    // Exactly the limit in UTF-16 code units, and one more.
    anEvent({ occurredAt: new Date("2026-02-03"), targets: namedTargets(32_767) }),
    anEvent({ occurredAt: new Date("2026-02-04"), targets: namedTargets(32_768) }),
  ]);
  const [header = [], ...rows] = excelRows((await createFile(organization, { format: "csv_excel" })).file);
  const cellOf = (row: number, column: string) => rows[row]?.[header.indexOf(column)] ?? "";
  expect(rows.map((row) => row.at(-1))).toEqual(["targets|target_names", "", "targets", "targets|target_names"]);
  for (const row of rows) for (const cell of row) expect(cell.length).toBeLessThanOrEqual(32_767);
  for (const column of ["targets", "target_names"]) expect(cellOf(0, column)).toMatch(/… \[truncated\]$/);
  expect(cellOf(0, "targets").isWellFormed()).toBe(true);
  expect(cellOf(0, "target_ids")).toBe(targets.map(({ id }) => id).join("|"));
  expect(cellOf(2, "target_names")).toBe(
    namedTargets(32_767)
      .map(({ name }) => name)
      .join("|"),
  );
  expect(cellOf(3, "target_names")).toMatch(/… \[truncated\]$/);

  const { file } = await createFile(organization, { format: "csv" });
  const [complete]: Record<string, string>[] = parseCsv(file, { columns: true, record_delimiter: "\r\n" });
  expect(JSON.parse(complete?.["targets"] ?? "")).toEqual(targets);
  expect(complete).not.toHaveProperty("truncated");
});

/** Returns targets whose joined names have this number of characters. */
function namedTargets(characters: number) {
  const lengths = Array.from({ length: 80 }, (_, n) => (n < 79 ? 409 : characters - 79 * 410));
  return lengths.map((length, n) => ({ id: `${n}`, type: "t", name: "n".repeat(length), metadata: null }));
}

function excelRows(file: Buffer): string[][] {
  const text = new TextDecoder("utf-16le", { fatal: true }).decode(file);
  return parseCsv(text, { delimiter: "\t", record_delimiter: "\r\n" });
}

test("every character that the database can store is exported unchanged", async ({ organization }) => {
  const texts = Array.from({ length: 0x110000 / CHUNK }, (_, n) => charactersFrom(n * CHUNK)).filter(Boolean);
  await storeEvents(
    organization,
    texts.map((text, n) => {
      const occurredAt = new Date(Date.UTC(2026, 0, 1, 0, n));
      return anEvent({ occurredAt, context: { location: text, userAgent: null }, metadata: { text } });
    }),
  );
  const { file: csv } = await createFile(organization, { format: "csv" });
  const records: Record<string, string>[] = parseCsv(csv, { columns: true, record_delimiter: "\r\n" });
  expect(records.map((row) => row["location"] ?? "")).toEqual(texts);
  expect(records.map((row) => (JSON.parse(row["metadata"] ?? "") as { text: string }).text)).toEqual(texts);
  const { file: lines } = await createFile(organization, { format: "jsonl" });
  const read = lines.toString("utf8").trimEnd().split("\n");
  expect(read.map((line) => (JSON.parse(line) as { context: { location: string } }).context.location)).toEqual(texts);
});

const CHUNK = 0x1000;

/** Returns CHUNK characters from this one on, without U+0000, which ingest rejects, and without surrogates. */
function charactersFrom(first: number): string {
  const all = Array.from({ length: CHUNK }, (_, n) => first + n);
  const whole = all.filter((point) => point > 0 && (point < 0xd800 || point > 0xdfff));
  return whole.length > 0 ? `x${String.fromCodePoint(...whole)}` : "";
}
