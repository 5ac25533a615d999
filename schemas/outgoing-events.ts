import { z } from "zod";

/** What the web process tells the functions: ids only, since the rows are the truth. */
export const exportRequested = {
  name: "export.requested",
  data: z.object({ exportId: z.string(), organizationId: z.string() }),
} as const;

export const exportCancelled = {
  name: "export.cancelled",
  data: z.object({ exportId: z.string() }),
} as const;

export const organizationDeleted = {
  name: "organization.deleted",
  data: z.object({ organizationId: z.string() }),
} as const;

/** `id` makes repeated sending harmless: the same id is one run. */
export type OutgoingEvent =
  | { readonly name: "export.requested"; readonly id: string; readonly data: z.output<typeof exportRequested.data> }
  | { readonly name: "export.cancelled"; readonly id: string; readonly data: z.output<typeof exportCancelled.data> }
  | {
      readonly name: "organization.deleted";
      readonly id: string;
      readonly data: z.output<typeof organizationDeleted.data>;
    };
