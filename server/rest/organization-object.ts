import type { Organization } from "@/schemas/organization";

/** An organization as every generation of SDKs reads it. */
export function organizationObject(organization: Organization) {
  return {
    object: "organization",
    id: organization.id,
    name: organization.name,
    allow_profiles_outside_organization: false,
    external_id: organization.externalId,
    stripe_customer_id: organization.stripeCustomerId ?? undefined,
    metadata: organization.metadata,
    domains: organization.domains.map((each) => ({
      object: "organization_domain",
      id: each.id,
      organization_id: organization.id,
      domain: each.domain,
      state: each.state,
      verification_strategy: "manual",
      created_at: each.createdAt,
      updated_at: each.updatedAt,
    })),
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}
