import { setTimeout as pause } from "node:timers/promises";
import { isBadData, isOutage, unavailable } from "@/server/infra/postgres/outage";
import { DomainError } from "@/server/kernel/errors";
import type { Database } from "@/server/kernel/ports/database";
import type { EventRow, EventWriter } from "@/server/kernel/ports/event-writer";
import type { Logger } from "@/server/kernel/ports/logger";
import type { Metrics } from "@/server/kernel/ports/metrics";
import { EVENT_TIMEOUT } from "@/server/kernel/timeouts";
import { Bisection } from "./bisection";
import type { Batch, PendingEvent } from "./pending-event";
import { storeEvents, writeRow } from "./store-events";
import { PARALLEL_COMMITS } from "./writing-pool";

const MAX_BATCH = { events: 500, bytes: 4_000_000 };
/** Milliseconds between attempts while the database is unavailable: the first pause, doubled up to the last. */
const RETRY_PAUSE = { first: 50, last: 1_000 };

interface Limits {
  /** How many events may be unsettled. More are rejected as unavailable (503), so that memory does not grow. */
  readonly events: number;
  /** The same limit for their size. */
  readonly bytes: number;
  /** Milliseconds after which an unsettled event fails as unavailable. */
  readonly timeout: number;
}
export const WRITER_LIMITS: Limits = { events: 20_000, bytes: 64_000_000, timeout: EVENT_TIMEOUT };

/**
 * Stores events by group commit: events that arrive while a batch is being committed form the next batch. There is no
 * timer, so an event on an idle server is committed at once, and batches grow with the load.
 *
 * An event is in one of these states:
 *
 * - QUEUED: it waits for a batch.
 * - IN_FLIGHT: a committer has sent its batch to the database, or waits to send it again.
 * - SUSPECT: the database rejected its batch; it waits in half of that batch ({@link Bisection}).
 * - SETTLED: its caller has the result. Every event gets here within `limits.timeout`, plus a twentieth.
 *
 * Transitions:
 *
 * - (new)     → QUEUED     `write`, while fewer events are unsettled than `limits` allow
 * - QUEUED    → IN_FLIGHT  a committer takes the next batch; with fewer than PARALLEL_COMMITS of them, `write` starts one
 * - IN_FLIGHT → SETTLED    the batch is committed: `stored` or `replayed`
 * - IN_FLIGHT → IN_FLIGHT  the database is unavailable: the committer sends the batch again after a pause
 * - IN_FLIGHT → SUSPECT    the database rejected a batch of several events
 * - IN_FLIGHT → SETTLED    the database rejected a batch of this event alone: `invalid_input`
 * - SUSPECT   → IN_FLIGHT  a committer takes the next half; committers alternate between the queue and the halves, so
 *                          new events wait for one half at most
 * - any state → SETTLED    older than `limits.timeout`: `unavailable`. If it is IN_FLIGHT, the database may still store it.
 *
 * A committer ends when the queue and the bisection are empty. A crash loses unsettled events. Their callers got no
 * response, so they send them again.
 */
export class BatchingEventWriter implements EventWriter {
  readonly #queue: PendingEvent[] = [];
  readonly #bisection = new Bisection();
  readonly #inFlight = new Set<Batch>();
  /** All unsettled events. */
  readonly #unsettled = { events: 0, bytes: 0 };
  #committers = 0;
  #expiry: NodeJS.Timeout | undefined;

  readonly #connections: Pick<Database, "query">;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #limits: Limits;

  constructor(
    connections: Pick<Database, "query">,
    { log, metrics }: { readonly log: Logger; readonly metrics: Metrics },
    limits = WRITER_LIMITS,
  ) {
    this.#connections = connections;
    this.#log = log;
    this.#metrics = metrics;
    this.#limits = limits;
    metrics.watchQueue(() => this.#unsettled);
  }

  async write(row: EventRow): Promise<"stored" | "replayed"> {
    const unsettled = this.#unsettled;
    if (unsettled.events >= this.#limits.events || unsettled.bytes >= this.#limits.bytes) {
      throw unavailable("Too many events are waiting to be stored. Try again in a few seconds.");
    }
    const written = writeRow(row);
    const bytes = Buffer.byteLength(written.json);
    unsettled.events += 1;
    unsettled.bytes += bytes;
    try {
      return await new Promise((resolve, reject) => {
        this.#queue.push({ row: written, bytes, since: performance.now(), isSettled: false, resolve, reject });
        if (this.#committers < PARALLEL_COMMITS) void this.#runCommitter();
      });
    } finally {
      unsettled.events -= 1;
      unsettled.bytes -= bytes;
    }
  }

  async #runCommitter(): Promise<void> {
    this.#committers += 1;
    this.#expiry ??= setInterval(() => this.#expire(), this.#limits.timeout / 20);
    try {
      while (this.#queue.length > 0 || !this.#bisection.isEmpty) {
        await this.#commit(this.#nextBatch());
        await this.#commit(this.#bisection.next());
      }
    } finally {
      this.#committers -= 1;
      if (this.#committers === 0) {
        clearInterval(this.#expiry);
        this.#expiry = undefined;
      }
    }
  }

  #nextBatch(): Batch {
    let bytes = 0;
    const end = this.#queue.findIndex((event, index) => {
      bytes += event.bytes;
      return index > 0 && (index === MAX_BATCH.events || bytes > MAX_BATCH.bytes);
    });
    return this.#queue.splice(0, end === -1 ? this.#queue.length : end);
  }

  /** Commits a batch, again and again while the database is unavailable. An empty batch is done. */
  async #commit(batch: Batch): Promise<void> {
    let left = batch;
    for (let wait = RETRY_PAUSE.first; left.length > 0; wait = Math.min(2 * wait, RETRY_PAUSE.last)) {
      this.#inFlight.add(left);
      try {
        return await this.#store(left);
      } catch (error) {
        if (!isOutage(error)) return this.#isolate(left, error);
        this.#log.warn({ error: String(error), events: left.length }, "database unavailable, events are queued");
      } finally {
        this.#inFlight.delete(left);
      }
      left = this.#failExpired(left);
      if (left.length > 0) await pause(wait);
    }
  }

  async #store(batch: Batch): Promise<void> {
    const rows = batch.map((event) => event.row);
    const started = performance.now();
    const stored = await storeEvents(this.#connections, rows);
    this.#metrics.batch(batch.length, (performance.now() - started) / 1000);
    this.#metrics.events("stored", stored.size);
    this.#metrics.events("replayed", batch.length - stored.size);
    // Resolves after the next batch is sent: otherwise PostgreSQL would idle while the responses are written.
    setImmediate(() => {
      for (const event of batch) {
        event.isSettled = true;
        event.resolve(stored.has(event.row.id) ? "stored" : "replayed");
      }
    });
  }

  #isolate(batch: Batch, error: unknown): void {
    if (batch.length === 1) return this.#fail(batch, isBadData(error) ? invalidInput(error) : error);
    this.#log.warn({ error: String(error), events: batch.length }, "database rejected a batch of events, halving it");
    this.#bisection.split(batch);
  }

  /** Fails every event that has waited too long, in whichever state it is. */
  #expire(): void {
    this.#queue.splice(0, this.#queue.length, ...this.#failExpired(this.#queue));
    this.#bisection.filter((half) => this.#failExpired(half));
    for (const batch of this.#inFlight) this.#failExpired(batch);
  }

  /** Fails the events of a batch that have waited too long, and returns the others. */
  #failExpired(batch: Batch): Batch {
    const oldest = performance.now() - this.#limits.timeout;
    this.#fail(
      batch.filter((event) => event.since <= oldest),
      unavailable("Events can't be stored right now. Try again in a few seconds."),
    );
    return batch.filter((event) => event.since > oldest);
  }

  #fail(batch: Batch, error: unknown): void {
    for (const event of batch) {
      if (event.isSettled) continue;
      event.isSettled = true;
      this.#metrics.events("failed", 1);
      event.reject(error);
    }
  }
}

/** Describes a value that passed our validation and that PostgreSQL rejects. */
function invalidInput(error: unknown): DomainError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DomainError("invalid_input", `The database rejected a value of the event: ${reason}.`);
}
