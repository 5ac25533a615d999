import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@/server/kernel/errors";
import { EVENT_PATIENCE } from "@/server/kernel/timeouts";
import type { Database } from "@/server/kernel/ports/database";
import type { EventRow, EventWriter } from "@/server/kernel/ports/event-writer";
import type { Logger } from "@/server/kernel/ports/logger";
import type { Metrics } from "@/server/kernel/ports/metrics";
import { isBadData, isOutage, unavailable } from "@/server/infra/postgres/outage";
import { type ConnectionOptions, openPool, type Pool } from "@/server/infra/postgres/pool";
import { storeEvents, writeRow, type WrittenRow } from "./store-events";

/** Two batches are committed at a time while the next one gathers. */
const CONNECTIONS = 2;
/** A database that says nothing is given up as its events are; trying them again is safe, as their ids stay. */
export const FOR_WRITING = { connections: CONNECTIONS, connectWithin: EVENT_PATIENCE, answerWithin: EVENT_PATIENCE };
const LARGEST_BATCH = { events: 500, bytes: 4_000_000 };
/** Milliseconds between two tries while the database is away; twice as many after each. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1_000;

interface Limits {
  /** What may wait for a commit, or be in one; beyond it the answer is 503 rather than growing memory. */
  readonly events: number;
  readonly bytes: number;
  /** How many milliseconds an event waits for a database that is away. */
  readonly patience: number;
}
const LIMITS: Limits = { events: 20_000, bytes: 64_000_000, patience: EVENT_PATIENCE };

type Result = "stored" | "replayed";
interface Waiting {
  readonly row: WrittenRow;
  readonly bytes: number;
  readonly since: number;
  isAnswered: boolean;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

type Connections = Pick<Database, "query">;

/** Connections for the writer alone, so that no slow list keeps an event waiting. */
export function openWritingPool(url: string, log: Logger, options: ConnectionOptions = FOR_WRITING): Pool {
  return openPool(url, log, options);
}

/**
 * Group commit: events that arrive while a batch is being committed go into the next one; no timer. Each caller is
 * answered only after its batch has been committed. A row that the database refuses fails alone; while the database is
 * away, everything waits for it.
 */
export function createEventWriter(
  connections: Connections,
  { log, metrics }: { readonly log: Logger; readonly metrics: Metrics },
  limits = LIMITS,
): EventWriter {
  const queue: Waiting[] = [];
  /** Halves of batches that the database refused; the queue's next batch need not wait for more than one of them. */
  const suspects: (readonly Waiting[])[] = [];
  const held = { events: 0, bytes: 0 };
  metrics.watchQueue(() => held);
  /** Batches that are being tried. */
  const tried = new Set<readonly Waiting[]>();
  let running = 0;
  let watch: NodeJS.Timeout | undefined;

  async function work(): Promise<void> {
    running += 1;
    // No event waits for longer than it may, however long the statement takes that it is in or behind.
    watch ??= setInterval(giveUp, limits.patience / 20);
    try {
      while (queue.length + suspects.length > 0) {
        await commit(nextBatch());
        await commit(suspects.shift() ?? []);
      }
    } finally {
      running -= 1;
      if (running === 0) {
        clearInterval(watch);
        watch = undefined;
      }
    }
  }

  function nextBatch(): Waiting[] {
    let bytes = 0;
    const end = queue.findIndex((each, index) => {
      bytes += each.bytes;
      return index > 0 && (index === LARGEST_BATCH.events || bytes > LARGEST_BATCH.bytes);
    });
    return queue.splice(0, end === -1 ? queue.length : end);
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    let waiting = batch;
    for (let wait = FIRST_PAUSE; waiting.length > 0; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      tried.add(waiting);
      try {
        return await store(waiting);
      } catch (error) {
        if (!isOutage(error)) return refuse(waiting, error);
        log.warn({ error: String(error), events: waiting.length }, "events wait for the database");
      } finally {
        tried.delete(waiting);
      }
      waiting = stillWaiting(waiting);
      if (waiting.length > 0) await pause(wait);
    }
  }

  async function store(batch: readonly Waiting[]): Promise<void> {
    const rows = batch.map((each) => each.row);
    const started = performance.now();
    const stored = await storeEvents(connections, rows);
    metrics.batch(batch.length, (performance.now() - started) / 1000);
    metrics.events("stored", stored.size);
    metrics.events("replayed", batch.length - stored.size);
    // Once the next batch has gone out: PostgreSQL would stand still while these answers are written.
    setImmediate(() => {
      for (const each of batch) {
        each.isAnswered = true;
        each.resolve(stored.has(each.row.id) ? "stored" : "replayed");
      }
    });
  }

  /** The row that the database does not take is found by halving: its neighbours must not fail with it. */
  function refuse(batch: readonly Waiting[], error: unknown): void {
    if (batch.length === 1) return fail(batch, isBadData(error) ? notStorable(error) : error);
    log.warn({ error: String(error), events: batch.length }, "a batch of events was refused and is halved");
    const half = batch.length >> 1;
    suspects.push(batch.slice(0, half), batch.slice(half));
  }

  /** Refuses what has waited for too long, wherever it is; what is being tried may come to be stored all the same. */
  function giveUp(): void {
    queue.splice(0, queue.length, ...stillWaiting(queue));
    suspects.splice(0, suspects.length, ...suspects.map(stillWaiting));
    tried.forEach(stillWaiting);
  }

  function stillWaiting(batch: readonly Waiting[]): Waiting[] {
    const since = performance.now() - limits.patience;
    fail(
      batch.filter((each) => each.since <= since),
      unavailable("Events cannot be stored at the moment. Try again in a moment."),
    );
    return batch.filter((each) => each.since > since);
  }

  function fail(batch: readonly Waiting[], error: unknown): void {
    for (const each of batch) {
      if (each.isAnswered) continue;
      each.isAnswered = true;
      metrics.events("failed", 1);
      each.reject(error);
    }
  }

  async function enqueue(row: WrittenRow): Promise<Result> {
    const bytes = Buffer.byteLength(row.json);
    held.events += 1;
    held.bytes += bytes;
    try {
      return await new Promise((resolve, reject) => {
        queue.push({ row, bytes, since: performance.now(), isAnswered: false, resolve, reject });
        if (running < CONNECTIONS) void work();
      });
    } finally {
      held.events -= 1;
      held.bytes -= bytes;
    }
  }

  return {
    async write(row: EventRow) {
      if (held.events >= limits.events || held.bytes >= limits.bytes) {
        throw unavailable("Too many events are waiting to be stored. Try again in a moment.");
      }
      return enqueue(writeRow(row));
    },
  };
}

/** What no rule of ours had seen, and the database does not take. */
function notStorable(error: unknown): DomainError {
  const why = error instanceof Error ? error.message : String(error);
  return new DomainError("invalid_input", `The event cannot be stored as it is: ${why}.`);
}
