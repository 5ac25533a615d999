import { z } from "zod";
import type { EventViolation } from "./event-validation";
import { pageRequest } from "@/schemas/paging";

/** What can be done with a rejected event, or what has become of it. */
export type ReplayState =
  | { readonly kind: "possible" }
  /** It was too long to be kept whole, so it has to be sent again. */
  | { readonly kind: "cut" }
  /** Accepted after all. Without an event id it had been stored before, by its idempotency key. */
  | { readonly kind: "replayed"; readonly at: Date; readonly eventId: string | null };

/** An event that was refused, with the reason; kept for seven days. */
export interface RejectedEvent {
  readonly id: string;
  readonly organizationId: string | null;
  readonly action: string | null;
  /** What was sent, as JSON text; a very long one is cut. */
  readonly body: string;
  readonly code: string;
  readonly message: string;
  readonly violations: readonly EventViolation[];
  readonly replay: ReplayState;
  readonly createdAt: Date;
}

const REJECTED_STATES = ["all", "waiting", "replayed"] as const;

/** Which rejected events: `waiting` have not been accepted since. */
export const rejectedEventsRequest = pageRequest.extend({ state: z.enum(REJECTED_STATES).default("all") });
export type RejectedEventsRequest = z.output<typeof rejectedEventsRequest>;

/** What became of one that was sent again. */
export type ReplayOutcome =
  | { readonly status: "stored"; readonly eventId: string }
  /** The same request had been accepted before. */
  | { readonly status: "known"; readonly eventId: string | null }
  | { readonly status: "refused"; readonly message: string; readonly violations: readonly EventViolation[] };

/** What became of a lot; `next` is given back as `after` until it is null. */
export interface ReplayedLot {
  readonly accepted: number;
  readonly refused: number;
  readonly next: string | null;
}
