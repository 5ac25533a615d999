import type { WrittenRow } from "./store-events";

/** An event on its way to the database, with its waiting caller. */
export interface PendingEvent {
  readonly row: WrittenRow;
  readonly bytes: number;
  /** When it was accepted, by `performance.now()`. */
  readonly since: number;
  isSettled: boolean;
  readonly resolve: (result: "stored" | "replayed") => void;
  readonly reject: (error: unknown) => void;
}

/** Events that are stored by one statement. */
export type Batch = readonly PendingEvent[];
