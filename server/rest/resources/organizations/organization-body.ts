import { z } from "zod";
import { domainState, newOrganization, organizationChanges } from "@/schemas/organizations/organization";
import { organizationListRequest } from "@/schemas/organizations/organization-list";
import { described, into, last, optional, textList, wireMetadata, withSenderPaths } from "@/schemas/wire";
import { listParameters, listRequest } from "@/server/rest/http/lists";

const fields = {
  external_id: optional(
    z.string().describe("This customer's ID in your own system; at most 128 printable ASCII characters."),
  ),
  stripe_customer_id: optional(z.string()),
  metadata: wireMetadata.describe(
    "At most 50 keys of at most 40 characters; values are strings of at most 600 characters.",
  ),
  domain_data: z.array(z.object({ domain: z.string(), state: domainState.default("pending") })).nullish(),
  domains: textList.nullish().describe("Older form of `domain_data`, without a state; the domains count as verified."),
};

export const newOrganizationBody = withSenderPaths(
  z
    .object({ name: z.string(), ...fields })
    .transform((given) => ({
      name: given.name,
      externalId: given.external_id,
      stripeCustomerId: given.stripe_customer_id,
      metadata: given.metadata ?? {},
      domains: domainsOf(given) ?? [],
    }))
    .pipe(into(newOrganization)),
  senderDomainPath,
);

const changesBody = z
  .object({ name: optional(z.string()), ...fields })
  .partial()
  .transform((given) => ({
    ...(given.name && { name: given.name }),
    // Null removes the value; only an absent field leaves it unchanged.
    ...(given.external_id !== undefined && { externalId: given.external_id }),
    ...(given.stripe_customer_id !== undefined && { stripeCustomerId: given.stripe_customer_id }),
    ...(given.metadata !== undefined && { metadata: given.metadata }),
    ...(domainsOf(given) && { domains: domainsOf(given) }),
  }))
  .pipe(into(organizationChanges));
export const organizationChangesBody = withSenderPaths(changesBody, senderDomainPath);

interface WireDomains {
  readonly domain_data?: { domain: string; state: z.output<typeof domainState> }[] | null | undefined;
  readonly domains?: string[] | null | undefined;
}

/** Joins both forms; undefined if neither is given. */
function domainsOf({ domain_data, domains }: WireDomains) {
  if (!domain_data && !domains?.length) return undefined;
  return [...(domain_data ?? []), ...(domains ?? []).map((domain) => ({ domain, state: "verified" as const }))];
}

const sentDomainData = z.object({ domain_data: z.array(z.unknown()) });

/** Finds the field of the request for a path in the domains that `domainsOf` joined. */
function senderDomainPath(path: readonly PropertyKey[], value: unknown): readonly PropertyKey[] {
  const [first, place, ...rest] = path;
  const length = sentDomainData.safeParse(value).data?.domain_data.length ?? 0;
  if (first !== "domains") return path;
  // `domains` has texts; the joined domains have parts.
  if (length === 0) return path.slice(0, 2);
  if (typeof place !== "number") return ["domain_data"];
  return place < length ? ["domain_data", place, ...rest] : ["domains", place - length];
}

export const organizationsQuery = z
  .object({
    ...listParameters,
    search: described(last, z.string().describe("Part of the name, the external ID or a domain, or a complete ID.")),
    domains: z
      .array(z.string())
      .describe(
        "Organizations with any of these domains. Repeat the parameter, with or without `[]` or `[0]`, or separate values by commas.",
      ),
  })
  .partial()
  .transform(({ search, domains, ...list }) => ({
    ...listRequest(list),
    search,
    domains: domains?.flatMap((each) => each.split(",")).filter((each) => each !== ""),
  }))
  .pipe(into(organizationListRequest));
