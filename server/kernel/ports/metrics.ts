import type { CacheMetric } from "@/server/kernel/caches";
import type { FreeSpace } from "./free-space";

/** The state of the background work at one time, over all processes. */
export interface Workload {
  readonly exports: readonly { readonly state: string; readonly count: number }[];
  /** Seconds since the oldest unfinished export was requested; 0 if there is none. */
  readonly oldestExportSeconds: number;
  /** How many kinds of problems with an Inngest server this process knows. */
  readonly functionProblems: number;
  /** Runs of the embedded runner. */
  readonly runs: { readonly open: number; readonly failed: number };
  readonly stepsRetrying: number;
  readonly heartbeatSeconds: number;
  readonly freeSpace: FreeSpace;
}

/** What one process counts for the operator's monitoring. */
export interface Metrics {
  request(
    response: { readonly route: string; readonly method: string; readonly status: number },
    seconds: number,
  ): void;
  /** Counts a commit that stored `events` events together. */
  batch(events: number, seconds: number): void;
  events(result: "stored" | "replayed" | "failed", count: number): void;
  /** Counts fields of stored events that no event has, so that they were not stored. */
  unknownFields(count: number): void;
  /** Registers how to read the number and size of the events that wait for a commit. */
  watchQueue(read: () => { readonly events: number; readonly bytes: number }): void;
  render(
    workload: Workload,
    caches: readonly CacheMetric[],
  ): Promise<{ readonly contentType: string; readonly text: string }>;
}
