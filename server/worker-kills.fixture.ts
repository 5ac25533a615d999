import { serve } from "inngest/edge";
import { readEnv } from "@/server/env";
import { startRunner } from "@/server/embedded/runner/runner";
import { writeExport } from "@/server/inngest/functions/write-export";
import { openLive } from "@/server/live-services";
import type { BlobStore, Database } from "@/server/services";

// A worker that a test kills at exact points of its work: it counts each touch of the world outside (a statement or a
// call of the blob store that begins, and one that has ended, and each chunk of a part), and ends by SIGKILL at the one
// that it was told to. Messages: `{ killAt: number | null }` counts anew; each is answered by the count so far.
const env = readEnv();
const { services, inngest, log } = openLive(env);
let touches = 0;
let killAt: number | null = null;

function touch(): void {
  touches += 1;
  if (touches === killAt) process.kill(process.pid, "SIGKILL");
}

async function touching<T>(work: () => Promise<T>): Promise<T> {
  touch();
  const result = await work();
  touch();
  return result;
}

async function* touchingEach<Chunk>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    touch();
    yield chunk;
  }
}

const db: Database = {
  get prisma() {
    return services.db.prisma;
  },
  changes: services.db.changes,
  query: (sql, values, options) => touching(() => services.db.query(sql, values, options)),
  copy: (sql, values, options) => touchingEach(services.db.copy(sql, values, options)),
  close: () => services.db.close(),
};
const { blobs } = services;
const counted: BlobStore = {
  ...blobs,
  begin: (key) => touching(() => blobs.begin(key)),
  putPart: (key, uploadId, number, body) => touching(() => blobs.putPart(key, uploadId, number, touchingEach(body))),
  complete: (key, uploadId, parts) => touching(() => blobs.complete(key, uploadId, parts)),
  read: (key) => touching(() => blobs.read(key)),
};
// A clock that stands still notes no progress within a part: the touches are the same each time.
const now = new Date();
const sizeOf = () => ({ rows: 250, bytes: 200_000 });
const work = writeExport(inngest, { ...services, db, blobs: counted, now: () => now }, sizeOf);

process.on("message", (message: { killAt: number | null }) => {
  process.send?.({ touches });
  touches = 0;
  ({ killAt } = message);
});
await startRunner({
  databaseUrl: env.databaseUrl,
  handler: serve({ client: inngest, functions: [work], enableUnauthedSync: false }),
  signingKey: env.inngest.signingKey ?? "",
  log,
  backoff: () => 20,
});
process.send?.("ready");
