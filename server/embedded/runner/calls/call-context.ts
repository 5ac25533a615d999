import type pg from "pg";
import type { Logger } from "pino";
import type { Application } from "@/server/embedded/runner/protocol/application";
import type { Functions } from "@/server/embedded/runner/protocol/functions";

/** What every call of this process needs. */
export interface CallContext {
  readonly application: Application;
  readonly functions: Functions;
  readonly pool: pg.Pool;
  readonly log: Logger;
  /** Returns the delay (ms) after failure number `attempt`, from 1. */
  readonly backoff: (attempt: number) => number;
}
