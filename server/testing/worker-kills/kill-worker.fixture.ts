import fs from "node:fs/promises";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";
import { serve } from "inngest/edge";
import { readEnv } from "@/server/kernel/env";
import { startRunner } from "@/server/embedded/runner/runner";
import { writeExport } from "@/server/inngest/functions/write-export";
import { openLive } from "@/server/live-services";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import type { Database } from "@/server/kernel/ports/database";

// A worker that kills itself with SIGKILL at an exact point of its work: `node worker.js <log> <point>`. It logs each point
// that it reaches.
const [, , log = "", killAt = ""] = process.argv;
const env = readEnv();
const { background: services, inngest, log: logger } = openLive(env);
const counts = new Map<string, number>();

function reach(point: string): void {
  appendFileSync(log, `${point}\n`);
  if (point === killAt) process.kill(process.pid, "SIGKILL");
}

/** Reaches a point that occurs several times: `point 1`, `point 2`, … */
function reachNext(point: string): void {
  const count = (counts.get(point) ?? 0) + 1;
  counts.set(point, count);
  reach(`${point} ${count}`);
}

async function* reachingEach(point: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    reachNext(point);
    yield chunk;
  }
}

/** The statements at which a crash is interesting, by a part of their SQL. */
const STATEMENTS = {
  "cut-off": "cut_off = coalesce",
  count: "SELECT count(*)::int AS count FROM ",
  begun: "upload_id = coalesce",
  noted: "rows_done = $3, bytes = $4 WHERE",
  ready: "state = 'ready', finished_at = ",
};
let part = 0;

const db: Database = {
  get prisma() {
    return services.db.prisma;
  },
  changes: services.db.changes,
  async query(sql, values, options) {
    const [found] = Object.entries(STATEMENTS).find(([, fragment]) => sql.includes(fragment)) ?? [null];
    const point = found === "noted" ? `part ${part} noted` : found;
    if (point !== null) reach(point);
    const rows = await services.db.query<never>(sql, values, options);
    if (point !== null) reach(`${point} done`);
    return rows;
  },
  copy: (sql, values, options) => services.db.copy(sql, values, options),
  close: () => services.db.close(),
};

const { blobs } = services;
const watched: BlobStore = {
  ...blobs,
  async begin(key) {
    const upload = await blobs.begin(key);
    reach("upload done");
    return upload;
  },
  async putPart(key, uploadId, number, body) {
    part = number;
    const stored = await blobs.putPart(key, uploadId, number, reachingEach(`part ${number} chunk`, body));
    reach(`part ${number} stored`);
    return stored;
  },
  async read(key) {
    const { bytes, body } = await blobs.read(key);
    return { bytes, body: Readable.from(reachingEach("hashed", body)) };
  },
};

// While it completes an upload, the store moves the whole file to its final path.
const { rename } = fs;
fs.rename = async (from, to) => {
  const isWhole = String(to).endsWith(".csv");
  if (isWhole) reach("joined");
  await rename(from, to);
  if (isWhole) reach("in place");
};
syncBuiltinESMExports();

// While the clock stands still, no progress is saved within a part, so the points are always the same.
const now = new Date();
const sizeOf = () => ({ rows: 300, bytes: 1_000_000 });
const work = writeExport(inngest, { ...services, db, blobs: watched, now: () => now }, sizeOf);
await startRunner({
  databaseUrl: env.databaseUrl,
  handler: serve({ client: inngest, functions: [work], enableUnauthedSync: false }),
  signingKey: env.inngest.signingKey ?? "",
  log: logger,
  backoff: () => 20,
});
