import { z } from "zod";
import { domainState, type Organization } from "@/schemas/organizations/organization";
import { time } from "@/schemas/wire";

const domain = z.object({
  object: z.literal("organization_domain"),
  id: z.string(),
  organization_id: z.string(),
  domain: z.string(),
  state: domainState,
  verification_strategy: z.literal("manual"),
  created_at: time,
  updated_at: time,
});

export const organizationResponse = z.object({
  object: z.literal("organization"),
  id: z.string(),
  name: z.string(),
  allow_profiles_outside_organization: z.literal(false).describe("Deprecated; required by older SDKs."),
  external_id: z.string().nullable(),
  stripe_customer_id: z.string().optional(),
  metadata: z.record(z.string(), z.string()),
  domains: z.array(domain),
  created_at: time,
  updated_at: time,
});

/** The organization in a form that every SDK version can read. */
export function organizationObject(organization: Organization): z.input<typeof organizationResponse> {
  const { stripeCustomerId } = organization;
  return {
    object: "organization",
    id: organization.id,
    name: organization.name,
    allow_profiles_outside_organization: false,
    external_id: organization.externalId,
    ...(stripeCustomerId !== null && { stripe_customer_id: stripeCustomerId }),
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
