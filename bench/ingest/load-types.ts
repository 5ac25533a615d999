import type { Percentiles } from "@/bench/report";

/** Instructions for the sender process. */
export interface Load {
  readonly port: number;
  readonly secret: string;
  readonly organizationIds: readonly string[];
  readonly connections: number;
  /** Events per request. */
  readonly batch: number;
  readonly seconds: number;
}

/** Result of the sender process. Every counted event was acknowledged. */
export interface Outcome {
  readonly events: number;
  readonly perSecond: number;
  readonly latency: Percentiles;
  /** CPU cores that the sender itself used. */
  readonly cores: number;
}
