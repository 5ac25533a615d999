import type { NewEvent } from "@/schemas/events/event";

/** An event to store, with the columns' values. */
export interface EventRow {
  readonly id: string;
  readonly environmentPk: number;
  readonly organizationPk: number;
  readonly event: NewEvent;
  /** A SHA-256 in hex that makes repeated requests one event for 24 hours; null if the sender sent no idempotency key. */
  readonly idempotencyKey: string | null;
}

export interface EventWriter {
  /** Resolves once the event is committed. A replay of an idempotency key is not stored again. */
  write(row: EventRow): Promise<"stored" | "replayed">;
}
