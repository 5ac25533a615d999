import { z } from "zod";
import { storableText } from "@/schemas/text";

/** What a list of organizations is asked with. */
export const organizationListRequest = z.object({
  order: z.enum(["asc", "desc", "normal"]).default("normal"),
  before: storableText(100).nullable().default(null),
  after: storableText(100).nullable().default(null),
  limit: z.number().int().min(1).max(100).default(10),
  /** Organizations with any of these. */
  domains: z.array(storableText(253)).max(100).default([]),
  /** Part of the name, the id, the external id or a domain. */
  search: storableText(255).default(""),
});
export type OrganizationListRequest = z.output<typeof organizationListRequest>;
