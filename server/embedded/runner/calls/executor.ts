import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Lease } from "@/server/embedded/runner/leader/lease";
import { MAX_CONCURRENT_CALLS } from "@/server/embedded/runner/limits";
import type { RunnableFunction } from "@/server/embedded/runner/protocol/functions";
import { claimJob, type DueJob, findDueJobs, haltCalls, releaseCalls } from "@/server/embedded/runner/storage/jobs";
import type { CallContext } from "./call-context";
import { performCall } from "./perform-call";

interface ActiveCall extends DueJob {
  readonly callId: string;
  readonly done: Promise<void>;
}

/** Makes the calls that are due, within the concurrency limits. Its calls continue when the leadership is lost. */
export class Executor {
  readonly #context: CallContext;
  readonly #onDone: () => void;
  /** By `jobKey`. */
  readonly #active = new Map<string, ActiveCall>();
  readonly #abandoned = new AbortController();

  constructor(context: CallContext, onDone: () => void) {
    this.#context = context;
    this.#onDone = onDone;
  }

  /** Starts every call that may start now. Claims jobs over the leader's own connection: without the lock there is none. */
  async startDueCalls(connection: pg.Client, lease: Lease): Promise<void> {
    while (this.#active.size < MAX_CONCURRENT_CALLS) {
      const jobs = await findDueJobs(connection, {
        functions: [...this.#context.functions.keys()],
        activeKeys: [...this.#active.keys()],
        fullSlots: this.#fullSlots(),
        limit: MAX_CONCURRENT_CALLS - this.#active.size,
      });
      if (jobs.length === 0) return;
      for (const job of jobs) {
        const fn = this.#context.functions.get(job.functionId);
        const full = new Set(this.#fullSlots());
        if (fn !== undefined && !job.slots.some((slot) => full.has(slot)))
          await this.#start(connection, lease, fn, job);
      }
    }
  }

  /** Waits up to `timeout` ms for running steps to finish, and leaves the rest to the next start. */
  async drain(timeout: number): Promise<void> {
    const callIds = () => [...this.#active.values()].map(({ callId }) => callId);
    if (this.#active.size === 0 || this.#abandoned.signal.aborted) return;
    const { pool, log } = this.#context;
    const onError = (error: unknown) => log.warn({ err: error }, "could not mark running steps");
    await haltCalls(pool, callIds()).catch(onError);
    const timer = new AbortController();
    await Promise.race([
      Promise.all([...this.#active.values()].map(({ done }) => done)),
      sleep(timeout, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
    this.#abandoned.abort();
    await releaseCalls(pool, callIds()).catch(onError);
  }

  async #start(connection: pg.Client, lease: Lease, fn: RunnableFunction, job: DueJob): Promise<void> {
    const claim = await claimJob(connection, lease, job);
    if (claim === null) return;
    const done = performCall(this.#context, fn, claim, this.#abandoned.signal).finally(() => {
      this.#active.delete(job.key);
      this.#onDone();
    });
    this.#active.set(job.key, { ...job, callId: claim.callId, done });
  }

  /** Returns the concurrency slots that have no room for another call. */
  #fullSlots(): string[] {
    const used = new Map<string, { count: number; limit: number }>();
    for (const { slots, functionId } of this.#active.values()) {
      const limits = this.#context.functions.get(functionId)?.concurrency ?? [];
      for (const [index, slot] of slots.entries()) {
        used.set(slot, {
          count: (used.get(slot)?.count ?? 0) + 1,
          limit: limits[index]?.limit ?? Number.POSITIVE_INFINITY,
        });
      }
    }
    return [...used].flatMap(([slot, { count, limit }]) => (count >= limit ? slot : []));
  }
}
