import type { Percentiles } from "@/bench/report";

/** What a sender is told. */
export interface Load {
  readonly port: number;
  readonly secret: string;
  readonly organizationIds: readonly string[];
  readonly connections: number;
  /** Events per request. */
  readonly batch: number;
  readonly seconds: number;
}

/** What it found; every event in it was acknowledged. */
export interface Outcome {
  readonly events: number;
  readonly perSecond: number;
  readonly latency: Percentiles;
  /** How many processor cores the sender itself took. */
  readonly cores: number;
}
