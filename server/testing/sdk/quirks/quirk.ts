import type { z } from "zod";
import type { senders } from "@/server/testing/sdk/senders";

/**
 * Something that one SDK does differently from the others. The test replaces `ORG`, `SPARE`, `DOOMED`, `READY` and
 * `PENDING` with IDs.
 */
export interface Quirk {
  readonly sdk: keyof typeof senders;
  readonly quirk: string;
  readonly send: readonly [method: string, path: string, body?: string];
  /** Additional headers. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly status: number;
  /** What the SDK can read. */
  readonly reads: z.ZodType;
  /** The rows of the event's action that the log has afterwards, by column. */
  readonly stores?: readonly object[];
  /** The same request again creates something else, even with the same key. */
  readonly repeated?: "another response";
}
