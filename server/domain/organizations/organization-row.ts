import type { Prisma } from "@/prisma/generated/client";
import { organizationMetadata, type Organization } from "@/schemas/organizations/organization";

/** The columns that `toOrganization` needs. */
export const organizationSelect = {
  pk: true,
  id: true,
  name: true,
  externalId: true,
  stripeCustomerId: true,
  metadata: true,
  createdAt: true,
  updatedAt: true,
  domains: {
    select: { id: true, domain: true, state: true, createdAt: true, updatedAt: true },
    orderBy: { id: "asc" },
  },
} as const satisfies Prisma.OrganizationSelect;

export type OrganizationRow = Prisma.OrganizationGetPayload<{ select: typeof organizationSelect }>;

/** Converts a stored row to an organization. */
export function toOrganization(row: OrganizationRow): Organization {
  const { pk: _, metadata, ...organization } = row;
  return { ...organization, metadata: organizationMetadata.parse(metadata) };
}
