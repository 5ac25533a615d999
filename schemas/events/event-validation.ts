import { z } from "zod";

/** An event that somebody wants to have looked at, as JSON text. */
export const triedEvent = z.object({ text: z.string().max(200_000, "must be at most 200,000 characters") });

/** What would become of an event if it were sent now. */
export type EventVerdict =
  | {
      readonly accepted: true;
      readonly action: string;
      /** That it was held against, when the action has versions. */
      readonly version: number;
      /** The versions of the action; none when nobody configured it. */
      readonly versions: readonly number[];
      /** Null where only the event was given, without the organization. */
      readonly organizationId: string | null;
    }
  | { readonly accepted: false; readonly violations: readonly EventViolation[] };

/** One thing that is wrong with an event: `field` in the request's body, or `instancePath` in the event. */
export interface EventViolation {
  readonly code: string;
  readonly field?: string;
  readonly instancePath?: string;
  readonly message?: string;
}
