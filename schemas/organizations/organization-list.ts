import { z } from "zod";
import { storableText } from "@/schemas/text";

export const organizationListRequest = z.object({
  order: z.enum(["asc", "desc", "normal"]).default("normal"),
  before: storableText(100).nullable().default(null),
  after: storableText(100).nullable().default(null),
  limit: z.number().int().min(1).max(100).default(10),
  /** Lists organizations that have any of these domains. */
  domains: z.array(storableText(253)).max(100).default([]),
  /** A part of the name, the ID, the external ID or a domain. */
  search: storableText(255).default(""),
});
export type OrganizationListRequest = z.output<typeof organizationListRequest>;
