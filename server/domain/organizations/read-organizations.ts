import type { Prisma } from "@/prisma/generated/client";
import type { Organization, OrganizationSummary } from "@/schemas/organizations/organization";
import type { OrganizationListRequest } from "@/schemas/organizations/organization-list";
import type { Page } from "@/schemas/paging";
import { containing } from "@/server/domain/paging/containing";
import { idPage, type IdPage } from "@/server/domain/paging/id-page";
import { notFound } from "@/server/kernel/errors";
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
  const { search, domains } = request;
  const contains = containing(search);
  const where: Prisma.OrganizationWhereInput = {
    environmentPk: scope.environment.pk,
    deletedAt: null,
    ...(domains.length > 0 && { domains: { some: { domain: { in: domains.map((each) => each.toLowerCase()) } } } }),
    ...(search !== "" && {
      OR: [{ name: contains }, { id: search }, { externalId: contains }, { domains: { some: { domain: contains } } }],
    }),
  };
  return idPage(request, (query) =>
    scope.db.prisma.organization.findMany({
      ...query,
      where: { AND: [where, query.where] },
      select: organizationSelect,
    }),
  );
}
