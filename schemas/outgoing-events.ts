import { z } from "zod";

/** The request that caused the event, for the log. */
const requestId = z.string().optional();

/** The events that start Inngest functions. They contain only IDs, because the database row is the source of truth. */
export const exportRequested = {
  name: "export.requested",
  data: z.object({ exportId: z.string(), organizationId: z.string(), requestId }),
} as const;

export const exportCanceled = {
  name: "export.cancelled",
  data: z.object({ exportId: z.string(), requestId }),
} as const;

export const organizationDeleted = {
  name: "organization.deleted",
  data: z.object({ organizationId: z.string(), requestId }),
} as const;

/** Events with the same `id` start one run, so sending an event again is safe. */
export type OutgoingEvent =
  | { readonly name: "export.requested"; readonly id: string; readonly data: z.output<typeof exportRequested.data> }
  | { readonly name: "export.cancelled"; readonly id: string; readonly data: z.output<typeof exportCanceled.data> }
  | {
      readonly name: "organization.deleted";
      readonly id: string;
      readonly data: z.output<typeof organizationDeleted.data>;
    };
