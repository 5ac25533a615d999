import type { Prisma } from "@/prisma/generated/client";
import type { Organization, OrganizationSummary } from "@/schemas/organizations/organization";
import type { OrganizationListRequest } from "@/schemas/organizations/organization-list";
import type { Page } from "@/schemas/paging";
import { idPage, type IdPage, type IdPageQuery } from "@/server/domain/paging/id-page";
import { textSearch } from "@/server/domain/search/text-search";
import { notFound } from "@/server/kernel/errors";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { readEventStats } from "./event-stats";
import { organizationSelect, toOrganization, type OrganizationRow } from "./organization-row";

/** Returns the scope's organization with all of its fields. */
export async function getOrganization(scope: OrganizationScope): Promise<Organization> {
  const row = await scope.db.prisma.organization.findUnique({
    where: { pk: scope.organization.pk, deletedAt: null },
    select: organizationSelect,
  });
  if (!row) throw notFound("Organization", scope.organization.id);
  return toOrganization(row);
}

/** @throws DomainError `not_found` */
export async function getOrganizationByExternalId(scope: EnvironmentScope, externalId: string): Promise<Organization> {
  const row = await scope.db.prisma.organization.findFirst({
    where: { environmentPk: scope.environment.pk, externalId, deletedAt: null },
    select: organizationSelect,
  });
  if (!row) throw notFound("Organization", externalId);
  return toOrganization(row);
}

/** Lists the environment's organizations in order of creation. */
export async function listOrganizations(
  scope: EnvironmentScope,
  request: OrganizationListRequest,
): Promise<IdPage<Organization>> {
  const page = await organizationRows(scope, request);
  return { ...page, items: page.items.map(toOrganization) };
}

/** Lists organizations for the dashboard: newest first, each with the time of its newest event and a capped event count. */
export async function listOrganizationSummaries(
  scope: EnvironmentScope,
  request: Pick<OrganizationListRequest, "after" | "limit" | "search">,
): Promise<Page<OrganizationSummary>> {
  const page = await organizationRows(scope, { ...request, order: "desc", before: null, domains: [] });
  const stats = await readEventStats(
    scope,
    page.items.map((each) => each.pk),
  );
  const items = page.items.map((row) => ({
    id: row.id,
    name: row.name,
    externalId: row.externalId,
    domains: row.domains.map((each) => each.domain),
    createdAt: row.createdAt,
    ...(stats.get(row.pk) ?? { lastEventAt: null, events: { count: 0, capped: false } }),
  }));
  return { items, next: page.after };
}

function organizationRows(scope: EnvironmentScope, request: OrganizationListRequest): Promise<IdPage<OrganizationRow>> {
  const { search, domains: given } = request;
  const domains = given.map((each) => each.toLowerCase());
  const where: Prisma.OrganizationWhereInput = {
    environmentPk: scope.environment.pk,
    deletedAt: null,
    ...(domains.length > 0 && { domains: { some: { domain: { in: domains } } } }),
  };
  return idPage(request, async (query) => {
    const found = search === "" ? {} : { id: { in: await searchOrganizations(scope, search, domains, query) } };
    return scope.db.prisma.organization.findMany({
      ...query,
      where: { AND: [where, query.where, found] },
      select: organizationSelect,
    });
  });
}

/** Returns the IDs of a page of organizations whose name, external ID or domain contains the search, or whose ID equals it. */
async function searchOrganizations(
  scope: EnvironmentScope,
  search: string,
  domains: readonly string[],
  { where, orderBy, take }: IdPageQuery,
): Promise<string[]> {
  const values: unknown[] = [scope.environment.pk, search, domains, where.id?.gt ?? null, where.id?.lt ?? null, take];
  const { isIn } = textSearch(search, (text) => `$${values.push(text)}::text`);
  const hasDomain = (condition: string) =>
    `EXISTS (SELECT FROM organization_domain d WHERE d.organization_pk = o.pk AND ${condition})`;
  const rows = await scope.db.query<{ id: string }>(
    `SELECT o.id FROM organization o
     WHERE o.environment_pk = $1 AND o.deleted_at IS NULL
       AND ($4::text IS NULL OR o.id > $4) AND ($5::text IS NULL OR o.id < $5)
       AND (cardinality($3::text[]) = 0 OR ${hasDomain("d.domain = ANY($3)")})
       AND (o.id = $2 OR ${isIn("o.name")} OR coalesce(${isIn("o.external_id")}, false) OR ${hasDomain(isIn("d.domain"))})
     ORDER BY o.id ${orderBy.id} LIMIT $6::int`,
    values,
    { timeout: READ_TIMEOUT },
  );
  return rows.map((row) => row.id);
}
