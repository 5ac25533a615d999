import { z } from "zod";
import { domainState, newOrganization, organizationChanges } from "@/schemas/organization";
import { organizationListRequest } from "@/schemas/organization-list";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { getOrganization, getOrganizationByExternalId, listOrganizations } from "@/server/domain/organizations/read-organizations";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { updateOrganization } from "@/server/domain/organizations/update-organization";
import { endpoint } from "./endpoint";
import { last, listObject, listParameters, listRequest } from "./lists";
import { organizationObject } from "./organization-object";
import { into, optional, textList, wireMetadata } from "./wire";

const wire = {
  external_id: optional(z.string()),
  stripe_customer_id: optional(z.string()),
  metadata: wireMetadata,
  domain_data: z.array(z.object({ domain: z.string(), state: domainState.default("pending") })).nullish(),
  /** The older spelling, which says nothing of their state. */
  domains: textList.nullish(),
};

const newBody = z
  .object({ name: z.string(), ...wire })
  .transform((given) => ({
    name: given.name,
    externalId: given.external_id,
    stripeCustomerId: given.stripe_customer_id,
    metadata: given.metadata ?? {},
    domains: domainsOf(given) ?? [],
  }))
  .pipe(into(newOrganization));

const changesBody = z
  .record(z.string(), z.unknown())
  .transform((given) => ({ given, parsed: z.object({ name: optional(z.string()), ...wire }).partial().parse(given) }))
  .transform(({ given, parsed }) => ({
    ...(parsed.name && { name: parsed.name }),
    // Null takes the value away; only what is not there at all stays as it is.
    ...("external_id" in given && { externalId: parsed.external_id }),
    ...("stripe_customer_id" in given && { stripeCustomerId: parsed.stripe_customer_id }),
    ...(parsed.metadata && { metadata: parsed.metadata }),
    ...(domainsOf(parsed) && { domains: domainsOf(parsed) }),
  }))
  .pipe(into(organizationChanges));

interface WireDomains {
  readonly domain_data?: { domain: string; state: z.output<typeof domainState> }[] | null | undefined;
  readonly domains?: string[] | null | undefined;
}

/** Undefined where neither spelling is given. */
function domainsOf({ domain_data, domains }: WireDomains) {
  if (!domain_data && !domains?.length) return undefined;
  return [...(domain_data ?? []), ...(domains ?? []).map((domain) => ({ domain, state: "verified" as const }))];
}

const query = z
  .object({ ...listParameters, search: last, domains: z.array(z.string()) })
  .partial()
  .transform(({ search, domains, ...list }) => ({
    ...listRequest(list),
    search,
    domains: domains?.flatMap((each) => each.split(",")).filter((each) => each !== ""),
  }))
  .pipe(into(organizationListRequest));

/** `POST /organizations` */
export const createOrganizationEndpoint = endpoint({ body: newBody, status: 201 }, async ({ scope, body }) =>
  organizationObject(await createOrganization(scope, body)),
);

/** `GET /organizations` */
export const listOrganizationsEndpoint = endpoint({ query, status: 200 }, async ({ scope, query }) =>
  listObject(await listOrganizations(scope, query), organizationObject),
);

/** `GET /organizations/{id}` */
export const readOrganization = endpoint({ status: 200 }, async ({ scope, param }) =>
  organizationObject(await getOrganization(await scopeToOrganization(scope, param("id")))),
);

/** `GET /organizations/external_id/{external_id}` */
export const readOrganizationByExternalId = endpoint({ status: 200 }, async ({ scope, param }) =>
  organizationObject(await getOrganizationByExternalId(scope, param("externalId"))),
);

/** `PUT /organizations/{id}` */
export const updateOrganizationEndpoint = endpoint({ body: changesBody, status: 200 }, async ({ scope, body, param }) =>
  organizationObject(await updateOrganization(await scopeToOrganization(scope, param("id")), body)),
);

/** `DELETE /organizations/{id}`; a body, which one SDK sends, is not looked at. */
export const deleteOrganizationEndpoint = endpoint({ status: 202 }, async ({ scope, param }) => {
  await deleteOrganization(await scopeToOrganization(scope, param("id")));
  return { success: true };
});
