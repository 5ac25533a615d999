import { z } from "zod";
import { domainState, newOrganization, type Organization } from "@/schemas/organization";
import { organizationListRequest } from "@/schemas/organization-list";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import {
  getOrganization,
  getOrganizationByExternalId,
  listOrganizations,
} from "@/server/domain/organizations/read-organizations";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { endpoint } from "./endpoint";
import { into, optional, textList, wireMetadata } from "./wire";

const body = z
  .object({
    name: z.string(),
    external_id: optional(z.string()),
    stripe_customer_id: optional(z.string()),
    metadata: wireMetadata,
    domain_data: z.preprocess(
      (value) => value ?? [],
      z.array(z.object({ domain: z.string(), state: domainState.default("pending") })),
    ),
    /** The older spelling, which says nothing of their state. */
    domains: textList,
  })
  .transform((wire) => ({
    name: wire.name,
    externalId: wire.external_id,
    stripeCustomerId: wire.stripe_customer_id,
    metadata: wire.metadata ?? {},
    domains: [...wire.domain_data, ...wire.domains.map((domain) => ({ domain, state: "verified" as const }))],
  }))
  .pipe(into(newOrganization));

const last = z.array(z.string()).transform((values) => values.at(-1) || undefined);
const query = z
  .object({ order: last, before: last, after: last, limit: last, search: last, domains: z.array(z.string()) })
  .partial()
  .transform(({ order, before, after, limit, search, domains }) => ({
    order: order === undefined || order === "null" ? "normal" : order,
    before: before ?? null,
    after: after ?? null,
    limit: limit === undefined ? undefined : Number(limit),
    search,
    domains: domains?.flatMap((each) => each.split(",")).filter((each) => each !== ""),
  }))
  .pipe(into(organizationListRequest));

/** `POST /organizations` */
export const createOrganizationEndpoint = endpoint({ body, status: 201 }, async ({ scope, body }) =>
  organizationObject(await createOrganization(scope, body)),
);

/** `GET /organizations` */
export const listOrganizationsEndpoint = endpoint({ query, status: 200 }, async ({ scope, query }) => {
  const { items, before, after } = await listOrganizations(scope, query);
  const metadata = { before, after };
  // Both spellings: one generation of SDKs reads the one, another the other.
  return { object: "list", data: items.map(organizationObject), list_metadata: metadata, listMetadata: metadata };
});

/** `GET /organizations/{id}` */
export const readOrganization = endpoint({ status: 200 }, async ({ scope, param }) =>
  organizationObject(await getOrganization(await scopeToOrganization(scope, param("id")))),
);

/** `GET /organizations/external_id/{external_id}` */
export const readOrganizationByExternalId = endpoint({ status: 200 }, async ({ scope, param }) =>
  organizationObject(await getOrganizationByExternalId(scope, param("externalId"))),
);

function organizationObject(organization: Organization) {
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
