import { createHash } from "node:crypto";
import { expect } from "vitest";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { inAnotherProcess } from "@/server/testing/services";
import { readFile, request, writeParts, YEAR } from "@/server/testing/run-export";
import { beginExport } from "./begin-export";
import { completeExport } from "./complete-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { writeExportPart } from "./write-export-part";

const SMALL = { rows: 100, bytes: 50_000 };

test("only a file that several processes wrote is read back for its SHA-256", async ({ organization }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 3 });
  let reads = 0;
  /** Returns the organization's scope in another process, with counted reads. */
  const another = () => {
    const { blobs } = organization;
    const read: typeof blobs.read = (key) => {
      reads += 1;
      return blobs.read(key);
    };
    return inAnotherProcess({ ...organization, blobs: { ...blobs, read } });
  };
  const ways = [
    { writes: [0, 0, 0], reads: 0 },
    { writes: [0, 1, 1], reads: 1 },
    { writes: [0, 0, 1], reads: 1 },
    { writes: [0, 1, 0], reads: 1 },
  ];
  for (const { writes, reads: wanted } of ways) {
    reads = 0;
    const processes = [another(), another()];
    const [first, second, last] = writes.map((which) => processes[which] ?? organization);
    if (!first || !second || !last) throw new Error("There are three steps.");
    const id = await request(organization);
    await beginExport(organization, id);
    const begun = await writeExportPart(first, id, null, 1, SMALL);
    const next = begun && (await writeExportPart(second, id, begun.cursor, 2, SMALL));
    if (!begun || !next) throw new Error("The export is no longer pending.");
    // Writing a part again, as after a lost response, gives the same part.
    await writeExportPart(second, id, begun.cursor, 2, SMALL);
    await completeExport(last, id, await writeParts(last, id, SMALL, [begun, next]));
    const file = await readFile(organization, id);
    expect(await getExport(organization, id)).toMatchObject({
      state: "ready",
      sha256: createHash("sha256").update(file).digest("hex"),
    });
    expect(reads).toBe(wanted);
  }
});
