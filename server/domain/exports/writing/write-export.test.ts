import { readdir } from "node:fs/promises";
import Papa from "papaparse";
import { expect } from "vitest";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { readFile, request, runExport, writeParts, YEAR } from "@/server/testing/run-export";
import { beginExport } from "./begin-export";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { completeExport } from "./complete-export";
import { failExport } from "./fail-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { writeExportPart } from "./write-export-part";

const SMALL = { rows: 100, bytes: 50_000 };

function rowsIn(file: Buffer): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(file.toString("utf8"), {
    header: true,
    skipEmptyLines: true,
    newline: "\r\n",
  }).data;
}

test("the bytes of the file do not depend on the size of its parts", async ({ organization }) => {
  await seedEvents(organization, { count: 700, ...YEAR, seed: 3 });
  const usual = await runExport(organization, await request(organization));
  expect(rowsIn(usual)).toHaveLength(700);
  for (const size of [SMALL, { rows: 1, bytes: 300_000 }, { rows: 700, bytes: 1 }, { rows: 333, bytes: 1 }]) {
    expect((await runExport(organization, await request(organization), size)).equals(usual)).toBe(true);
  }
});

test("repeated steps give the same file, one ready export and no leftovers", async ({ organization, world }) => {
  await seedEvents(organization, { count: 2000, ...YEAR, seed: 4 });
  const undisturbed = await runExport(organization, await request(organization), SMALL);

  const id = await request(organization);
  await beginExport(organization, id);
  await storeEvents(organization, [anEvent()]);
  await beginExport(organization, id);
  const first = await writeParts(organization, id, SMALL);
  // The result of the third part and everything after it was lost.
  const again = await writeParts(organization, id, { rows: 77, bytes: 60_000 }, first.slice(0, 2));
  await completeExport(organization, id, again);
  const finished = await getExport(organization, id);
  await completeExport(organization, id, again);
  await failExport(organization, id, new Error("a late failure"));

  expect((await readFile(organization, id)).equals(undisturbed)).toBe(true);
  expect(await getExport(organization, id)).toEqual(finished);
  expect(finished).toMatchObject({
    state: "ready",
    progress: { rowsDone: 2000, rowsTotal: 2000, bytes: undisturbed.length },
  });
  expect(finished.sha256).toBe(await sha256(undisturbed));
  expect(await openUploads(world.blobDirectory)).toEqual([]);
});

test("events received after the cut-off are not in the file, whenever they occurred", async ({ organization }) => {
  const ids = await storeEvents(organization, [anEvent(), anEvent()]);
  const id = await request(organization);
  await beginExport(organization, id);
  await storeEvents(organization, [anEvent(), anEvent({ occurredAt: YEAR.from })]);
  await completeExport(organization, id, await writeParts(organization, id));
  expect(
    rowsIn(await readFile(organization, id))
      .map((row) => row["id"])
      .toSorted(),
  ).toEqual(ids.toSorted());
  expect((await getExport(organization, id)).progress).toMatchObject({ rowsDone: 2, rowsTotal: 2 });
});

test("values with control characters and separators are exported unchanged", async ({ organization }) => {
  const odd = ["\u001e", "\u001f", "a\u001eb\u001fc\u001e\u001f", "\u0001\u007f\u0085\u2028", "😀\ud7ff\uffff"];
  await storeEvents(
    organization,
    odd.map((text) => anEvent({ context: { location: text, userAgent: `${text}!` }, metadata: { text } })),
  );
  const rows = rowsIn(await runExport(organization, await request(organization)));
  expect(rows.map((row) => row["location"]).toSorted()).toEqual(odd.toSorted());
  expect(rows.map((row) => row["user_agent"]).toSorted()).toEqual(odd.map((text) => `${text}!`).toSorted());
  expect(rows.map((row) => JSON.parse(row["metadata"] ?? "").text).toSorted()).toEqual(odd.toSorted());
});

test("an export with no matching events contains only the header", async ({ organization }) => {
  const file = await runExport(organization, await request(organization, { actions: ["never"] }));
  expect(file.toString()).toMatch(/^id,occurred_at,[a-z_,]+,metadata\r\n$/);
});

test("a canceled export stops within a part and leaves nothing stored", async ({ organization, world }) => {
  await seedEvents(organization, { count: 2000, ...YEAR, seed: 7 });
  const id = await request(organization);
  await beginExport(organization, id);
  const { putPart } = organization.blobs;
  const blobs: typeof organization.blobs = {
    ...organization.blobs,
    putPart: (key, uploadId, number, body) =>
      putPart(
        key,
        uploadId,
        number,
        (async function* () {
          yield* body;
          await cancelExport(organization, id);
        })(),
      ),
  };
  expect(await writeExportPart({ ...organization, blobs }, id, null, 1, SMALL)).toBeNull();
  expect(await writeExportPart(organization, id, null, 1, SMALL)).toBeNull();
  expect(await beginExport(organization, id)).toBe(false);
  await completeExport(organization, id, []);
  expect(await getExport(organization, id)).toMatchObject({ state: "error", failure: "Canceled by Grace Hopper." });
  expect(await openUploads(world.blobDirectory)).toEqual([]);
});

test("an export whose rows differ from the count fails with both numbers", async ({ organization, world }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 9 });
  const id = await request(organization);
  await beginExport(organization, id);
  const first = await writeExportPart(organization, id, null, 1, SMALL);
  // As an operator might do by hand: retention waits for the export.
  await organization.db.query(
    `DELETE FROM log.event e WHERE (e.organization_pk, e.occurred_at, e.id) IN (
       SELECT e.organization_pk, e.occurred_at, e.id FROM log.event e WHERE e.organization_pk = $1
       ORDER BY e.occurred_at DESC, e.id DESC LIMIT 3)`,
    [organization.organization.pk],
  );
  await completeExport(organization, id, await writeParts(organization, id, SMALL, first ? [first] : []));
  expect(await getExport(organization, id)).toMatchObject({
    state: "error",
    failure: expect.stringMatching(/would contain 497 rows, but 500 were counted/) as string,
  });
  await expect(readFile(organization, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await openUploads(world.blobDirectory)).toEqual([]);
});

test("a failed export shows the message of a DomainError, and a general one otherwise", async ({ organization }) => {
  const [ours, theirs] = [await request(organization), await request(organization)];
  await failExport(organization, ours, new TypeError("x is not a function"));
  await failExport(organization, theirs, { name: "DomainError", message: "The disk is full." });
  expect((await getExport(organization, ours)).failure).toMatch(/unexpected error.*Export again/);
  expect((await getExport(organization, theirs)).failure).toBe("The disk is full.");
});

async function sha256(bytes: Buffer): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toString("hex");
}

async function openUploads(directory: string): Promise<string[]> {
  const entries = await readdir(`${directory}/uploads`, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() || entry.name.startsWith("audit_log_export"))
    .map((entry) => entry.name);
}
