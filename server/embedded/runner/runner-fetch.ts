import { headerKeys } from "inngest";
import type pg from "pg";
import { z } from "zod";
import { readOperations } from "@/server/embedded/runner/protocol/reply";
import { derivedEventId, insertEvents } from "@/server/embedded/runner/storage/events";
import { saveCheckpoint } from "@/server/embedded/runner/storage/save-checkpoint";
import { MAX_EVENT_BYTES } from "./limits";

const eventsBody = z.array(
  z.looseObject({ id: z.string().min(1).optional(), name: z.string(), data: z.unknown(), ts: z.number() }),
);
const checkpointBody = z.object({ qi_id: z.string(), steps: z.unknown() });

/** How far the sender's clock may be ahead of the runner's (ms). */
const CLOCK_TOLERANCE = 60_000;

/**
 * Returns the `fetch` option of an Inngest client whose server is this database: events and checkpoints become rows.
 * Like `fetch`, it rejects if the database cannot be reached. The client then retries a few times.
 */
export function runnerFetch(pool: pg.Pool): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname;
    if (request.method === "POST" && /^\/e\/[^/]+$/.test(path)) return receiveEvents(pool, request);
    const runId = /^\/v1\/checkpoint\/([^/]+)\/async$/.exec(path)?.[1];
    if (request.method === "POST" && runId !== undefined)
      return receiveCheckpoint(pool, decodeURIComponent(runId), request);
    return respond(404, { error: "The embedded Inngest runner has no such path." });
  };
}

async function receiveEvents(pool: pg.Pool, request: Request): Promise<Response> {
  const body = eventsBody.safeParse(await request.json());
  if (!body.success) return respond(400, { ids: [], status: 400, error: body.error.message });
  const seed = request.headers.get(headerKeys.EventIdSeed) ?? crypto.randomUUID();
  const events = body.data.map((event, index) => ({ ...event, id: event.id ?? derivedEventId(seed, index) }));
  if (events.some((event) => event.ts > Date.now() + CLOCK_TOLERANCE)) {
    return respond(400, {
      ids: [],
      status: 400,
      error: "The embedded Inngest runner does not support scheduled events.",
    });
  }
  if (events.some((event) => Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES)) {
    return respond(413, { ids: [], status: 413, error: `An event is larger than ${MAX_EVENT_BYTES} bytes.` });
  }
  await insertEvents(pool, events);
  return respond(200, { ids: events.map((event) => event.id), status: 200 });
}

async function receiveCheckpoint(pool: pg.Pool, runId: string, request: Request): Promise<Response> {
  const body = checkpointBody.safeParse(await request.json());
  const steps = body.success ? readOperations(body.data.steps, null) : null;
  // A checkpoint may only contain finished steps. Anything else belongs in the reply to the call, to which the SDK falls back.
  if (!body.success || steps?.kind !== "progress" || steps.planned.length > 0 || steps.sleep > 0)
    return respond(400, { error: "A checkpoint can only contain finished steps." });
  const mayContinue = await saveCheckpoint(pool, runId, body.data.qi_id, steps.results);
  return mayContinue ? respond(200, {}) : respond(409, { error: "This call has ended." });
}

function respond(status: number, body: object): Response {
  return Response.json(body, { status });
}
