import { z } from "zod";
import { pageRequest } from "@/schemas/paging";
import type { EventViolation } from "./event-validation";

/** Whether a rejected event can be replayed, or was. */
export type ReplayState =
  | { readonly kind: "possible" }
  /** The stored body is incomplete because it was too long. The sender has to send the event again. */
  | { readonly kind: "truncated" }
  /** The body was deleted together with its organization. */
  | { readonly kind: "erased" }
  /** `eventId` is null if the sender had stored the event under its idempotency key. */
  | { readonly kind: "replayed"; readonly at: Date; readonly eventId: string | null };

/** An event that was rejected, with the reason. It is kept for 7 days. */
export interface RejectedEvent {
  readonly id: string;
  readonly organizationId: string | null;
  readonly action: string | null;
  /** The request's body as JSON text; truncated if it is very long. */
  readonly body: string;
  readonly code: string;
  readonly message: string;
  readonly violations: readonly EventViolation[];
  readonly replay: ReplayState;
  readonly createdAt: Date;
}

const REJECTED_STATES = ["all", "waiting", "replayed"] as const;

/** A page of rejected events. `waiting` lists those that have not been accepted since. */
export const rejectedEventsRequest = pageRequest.extend({ state: z.enum(REJECTED_STATES).default("all") });
export type RejectedEventsRequest = z.output<typeof rejectedEventsRequest>;

export type ReplayOutcome =
  | { readonly status: "stored"; readonly eventId: string }
  /** The event was already stored. */
  | { readonly status: "known"; readonly eventId: string | null }
  | { readonly status: "rejected"; readonly message: string; readonly violations: readonly EventViolation[] };

/** The result of one call that replays many events. Pass `next` as `after` until it is null. */
export interface ReplayedBatch {
  readonly accepted: number;
  readonly rejected: number;
  readonly next: string | null;
}
