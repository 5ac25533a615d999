import { z } from "zod";

/** An event for the schema validator, as JSON text. */
export const triedEvent = z.object({ text: z.string().max(200_000, "must be at most 200,000 characters") });

/** Whether an event would be accepted if it were sent now. */
export type EventVerdict =
  | {
      readonly accepted: true;
      readonly action: string;
      /** The schema version that the event was checked against, if the action has any. */
      readonly version: number;
      /** All schema versions of the action; empty if it has no schema. */
      readonly versions: readonly number[];
      /** Null if the text contained only the event, without its organization. */
      readonly organizationId: string | null;
    }
  | { readonly accepted: false; readonly violations: readonly EventViolation[] };

/** A problem with an event. It names a `field` of the request's body, or an `instancePath` in the event. */
export interface EventViolation {
  readonly code: string;
  readonly field?: string;
  readonly instancePath?: string;
  readonly message?: string;
}
