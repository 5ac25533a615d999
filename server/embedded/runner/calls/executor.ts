import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { RunnableFunction } from "@/server/embedded/runner/protocol/functions";
import { MAX_CONCURRENT_CALLS } from "@/server/embedded/runner/limits";
import { performCall, type Surroundings } from "./perform-call";

interface Candidate {
  readonly run_id: string;
  readonly step_id: string;
  readonly function_id: string;
  readonly slots: string[];
}

interface Active extends Candidate {
  readonly callId: string;
  readonly done: Promise<void>;
}

/** Makes the calls that are due, within the limits on how many run at once. It outlives a loss of the leadership. */
export class Executor {
  readonly #surroundings: Surroundings;
  readonly #onDone: () => void;
  readonly #active = new Map<string, Active>();
  readonly #abandoned = new AbortController();

  constructor(surroundings: Surroundings, onDone: () => void) {
    this.#surroundings = surroundings;
    this.#onDone = onDone;
  }

  /** Starts what may start now. Takes the calls over the leader's own connection: without the lock there is none. */
  async startDue(leader: pg.Client): Promise<void> {
    while (this.#active.size < MAX_CONCURRENT_CALLS) {
      const { rows } = await leader.query<Candidate>(
        `SELECT run_id, step_id, function_id, slots FROM runner.jobs JOIN runner.runs ON runs.id = run_id
         WHERE wake_at <= now() AND function_id = ANY($1) AND run_id || ' ' || step_id <> ALL($2) AND NOT (slots && $3)
         ORDER BY wake_at, run_id LIMIT $4`,
        [
          [...this.#surroundings.functions.keys()],
          [...this.#active.keys()],
          this.#fullSlots(),
          MAX_CONCURRENT_CALLS - this.#active.size,
        ],
      );
      if (rows.length === 0) return;
      for (const candidate of rows) {
        const fn = this.#surroundings.functions.get(candidate.function_id);
        const full = new Set(this.#fullSlots());
        if (fn !== undefined && !candidate.slots.some((slot) => full.has(slot)))
          await this.#start(leader, fn, candidate);
      }
    }
  }

  /** Lets the steps that are running come to their end; what lasts longer than `patience` ms is left for the next start. */
  async drain(patience: number): Promise<void> {
    const callIds = () => [...this.#active.values()].map(({ callId }) => callId);
    if (this.#active.size === 0 || this.#abandoned.signal.aborted) return;
    const { pool, log } = this.#surroundings;
    const mark = (sql: string) =>
      pool.query(sql, [callIds()]).catch((error: unknown) => log.warn({ err: error }, "running steps not marked"));
    await mark("UPDATE runner.jobs SET halted = true WHERE call_id = ANY($1::uuid[])");
    const tired = new AbortController();
    await Promise.race([
      Promise.all([...this.#active.values()].map(({ done }) => done)),
      delay(patience, undefined, { signal: tired.signal }).catch(() => undefined),
    ]);
    tired.abort();
    this.#abandoned.abort();
    await mark("UPDATE runner.jobs SET call_id = NULL WHERE call_id = ANY($1::uuid[])");
  }

  async #start(leader: pg.Client, fn: RunnableFunction, candidate: Candidate): Promise<void> {
    // A call that nobody settled was cut off by the end of its process, and counts as a failed attempt.
    const { rows } = await leader.query<{ call_id: string; attempt: number }>(
      `UPDATE runner.jobs SET call_id = gen_random_uuid(), halted = false, attempt = attempt + (call_id IS NOT NULL)::int
       WHERE run_id = $1 AND step_id = $2 AND wake_at <= now() RETURNING call_id, attempt`,
      [candidate.run_id, candidate.step_id],
    );
    const [claim] = rows;
    if (claim === undefined) return;
    const key = `${candidate.run_id} ${candidate.step_id}`;
    const taken = { callId: claim.call_id, runId: candidate.run_id, stepId: candidate.step_id, attempt: claim.attempt };
    const done = performCall(this.#surroundings, fn, taken, this.#abandoned.signal).finally(() => {
      this.#active.delete(key);
      this.#onDone();
    });
    this.#active.set(key, { ...candidate, callId: claim.call_id, done });
  }

  #fullSlots(): string[] {
    const taken = new Map<string, { count: number; limit: number }>();
    for (const { slots, function_id } of this.#active.values()) {
      const limits = this.#surroundings.functions.get(function_id)?.concurrency ?? [];
      for (const [index, slot] of slots.entries()) {
        taken.set(slot, {
          count: (taken.get(slot)?.count ?? 0) + 1,
          limit: limits[index]?.limit ?? Number.POSITIVE_INFINITY,
        });
      }
    }
    return [...taken].flatMap(([slot, { count, limit }]) => (count >= limit ? slot : []));
  }
}
