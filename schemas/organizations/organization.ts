import { z } from "zod";
import type { CappedCount } from "@/schemas/paging";
import { recordOf } from "@/schemas/record";
import { requiredText, storableText } from "@/schemas/text";

const organizationName = z.string().trim().pipe(requiredText(255));

const externalId = z
  .string()
  .min(1, "must not be empty")
  .max(128, "must be at most 128 characters")
  .regex(/^[\x20-\x7e]+$/, "must be printable ASCII");

const domainName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, "must be at most 253 characters")
  .regex(/^(?!-)[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63})+$/u, "must be a domain such as example.com");

export const domainState = z.enum(["failed", "legacy_verified", "pending", "unverified", "verified"]);

export const organizationMetadata = recordOf(requiredText(40), storableText(600)).refine(
  (value) => Object.keys(value).length <= 50,
  "must have at most 50 keys",
);

export const newOrganization = z.object({
  name: organizationName,
  externalId: externalId.nullable().default(null),
  stripeCustomerId: requiredText(255).nullable().default(null),
  metadata: organizationMetadata.default({}),
  domains: z
    .array(z.object({ domain: domainName, state: domainState }))
    .max(100, "must be at most 100 domains")
    .refine((list) => new Set(list.map((each) => each.domain)).size === list.length, "must not list a domain twice")
    .default([]),
});
export type NewOrganization = z.output<typeof newOrganization>;

/** Changes to an organization. A missing field does not change. */
export const organizationChanges = z.object({
  name: organizationName.exactOptional(),
  externalId: externalId.nullable().exactOptional(),
  stripeCustomerId: requiredText(255).nullable().exactOptional(),
  /** Merged with the existing metadata, where null removes a key; null instead removes all of it. */
  metadata: recordOf(requiredText(40), storableText(600).nullable()).nullable().exactOptional(),
  domains: newOrganization.shape.domains.unwrap().exactOptional(),
});
export type OrganizationChanges = z.output<typeof organizationChanges>;

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly stripeCustomerId: string | null;
  readonly metadata: Record<string, string>;
  readonly domains: readonly OrganizationDomain[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface OrganizationDomain {
  readonly id: string;
  readonly domain: string;
  readonly state: z.output<typeof domainState>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A row of the list of organizations. */
export interface OrganizationSummary {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly domains: readonly string[];
  readonly createdAt: Date;
  readonly lastEventAt: Date | null;
  readonly events: CappedCount;
}
