import { headerKeys } from "inngest";
import type pg from "pg";
import { z } from "zod";
import { derivedEventId, insertEvents } from "@/server/embedded/runner/storage/events";
import { MAX_EVENT_BYTES } from "./limits";
import { readOperations } from "@/server/embedded/runner/protocol/reply";
import { saveCheckpoint } from "@/server/embedded/runner/storage/commit-outcome";

const eventsBody = z.array(
  z.looseObject({ id: z.string().min(1).optional(), name: z.string(), data: z.unknown(), ts: z.number() }),
);
const checkpointBody = z.object({ qi_id: z.string(), steps: z.unknown() });

/** The clocks of sender and runner may differ by this many milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/**
 * The `fetch` of an Inngest client whose server is this database: events and checkpoints become rows.
 * Rejects, as `fetch` does, when the database cannot be reached; the client then tries again a few times.
 */
export function runnerFetch(pool: pg.Pool): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname;
    if (request.method === "POST" && /^\/e\/[^/]+$/.test(path)) return receiveEvents(pool, request);
    const runId = /^\/v1\/checkpoint\/([^/]+)\/async$/.exec(path)?.[1];
    if (request.method === "POST" && runId !== undefined)
      return receiveCheckpoint(pool, decodeURIComponent(runId), request);
    return answer(404, { error: "The embedded Inngest runner has no such address." });
  };
}

async function receiveEvents(pool: pg.Pool, request: Request): Promise<Response> {
  const body = eventsBody.safeParse(await request.json());
  if (!body.success) return answer(400, { ids: [], status: 400, error: body.error.message });
  const seed = request.headers.get(headerKeys.EventIdSeed) ?? crypto.randomUUID();
  const events = body.data.map((event, index) => ({ ...event, id: event.id ?? derivedEventId(seed, index) }));
  if (events.some((event) => event.ts > Date.now() + CLOCK_TOLERANCE)) {
    return answer(400, {
      ids: [],
      status: 400,
      error: "The embedded Inngest runner does not support events for later.",
    });
  }
  if (events.some((event) => Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES)) {
    return answer(413, { ids: [], status: 413, error: `An event is larger than ${MAX_EVENT_BYTES} bytes.` });
  }
  await insertEvents(pool, events);
  return answer(200, { ids: events.map((event) => event.id), status: 200 });
}

async function receiveCheckpoint(pool: pg.Pool, runId: string, request: Request): Promise<Response> {
  const body = checkpointBody.safeParse(await request.json());
  const steps = body.success ? readOperations(body.data.steps, null) : null;
  // Anything but finished steps is for the reply to the call, which the SDK falls back to.
  if (!body.success || steps?.kind !== "progress" || steps.planned.length > 0 || steps.sleep > 0)
    return answer(400, { error: "Only finished steps." });
  const goesOn = await saveCheckpoint(pool, runId, body.data.qi_id, steps.results);
  return goesOn ? answer(200, {}) : answer(409, { error: "The call is over." });
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status });
}
