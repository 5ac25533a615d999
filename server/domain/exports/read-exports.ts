import type { Prisma } from "@/prisma/generated/client";
import type { AuditLogExport } from "@/schemas/exports/export";
import { PAGE_LIMIT } from "@/schemas/limits";
import type { Page } from "@/schemas/paging";
import { idPage, type IdPage, type IdPageRequest } from "@/server/domain/paging/id-page";
import { notFound } from "@/server/kernel/errors";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { exportInclude, toExport } from "./export-row";

/** An environment's scope that is not limited to one organization, which must not reach the other organizations. */
type WholeEnvironment = EnvironmentScope & { readonly organization?: never };

export interface ExportPageRequest {
  readonly cursor?: string | null | undefined;
  readonly limit?: number;
}

/** Selects the organization's exports; in the portal only those requested there, since the vendor's staff create others. */
export function visibleTo(scope: OrganizationScope): Prisma.AuditLogExportWhereInput {
  const { type } = scope.principal;
  return {
    organizationPk: scope.organization.pk,
    ...(type === "portal_session" && { requestedBy: { path: ["type"], equals: type } }),
  };
}

/** @throws DomainError `not_found`, also if the export belongs to another organization */
export async function getExport(scope: OrganizationScope, id: string): Promise<AuditLogExport> {
  const row = await scope.db.prisma.auditLogExport.findFirst({
    where: { id, ...visibleTo(scope) },
    include: exportInclude,
  });
  if (!row) throw notFound("Audit Log Export", id);
  return toExport(scope, row);
}

/**
 * Finds an export by its ID alone, and returns it with the scope of its organization.
 * @throws DomainError `not_found`, also if the export belongs to another environment
 */
export async function findExportInEnvironment(
  scope: WholeEnvironment,
  id: string,
): Promise<{ readonly scope: OrganizationScope; readonly found: AuditLogExport }> {
  const row = await scope.db.prisma.auditLogExport.findFirst({
    where: { id, organization: { environmentPk: scope.environment.pk, deletedAt: null } },
    include: { organization: { select: { pk: true, id: true, name: true } } },
  });
  if (!row) throw notFound("Audit Log Export", id);
  return { scope: { ...scope, organization: row.organization }, found: toExport(scope, row) };
}

/** Lists the organization's exports, newest first. */
export function listExports(scope: OrganizationScope, request: ExportPageRequest): Promise<Page<AuditLogExport>> {
  return page(scope, visibleTo(scope), request);
}

/** Lists the exports of all organizations in the environment, newest first; for staff only. */
export function listEnvironmentExports(
  scope: WholeEnvironment,
  request: ExportPageRequest,
): Promise<Page<AuditLogExport>> {
  return page(scope, { organization: { environmentPk: scope.environment.pk, deletedAt: null } }, request);
}

/** Lists exports in either order: those of one organization, or of the whole environment if `organization` is null. */
export async function listExportsInOrder(
  scope: WholeEnvironment,
  organization: OrganizationScope | null,
  request: IdPageRequest,
): Promise<IdPage<AuditLogExport>> {
  const inEnvironment = { organization: { environmentPk: scope.environment.pk, deletedAt: null } };
  return idPageOf(scope, organization ? { organizationPk: organization.organization.pk } : inEnvironment, request);
}

async function page(
  scope: EnvironmentScope,
  within: Prisma.AuditLogExportWhereInput,
  { cursor, limit }: ExportPageRequest,
): Promise<Page<AuditLogExport>> {
  const request = { order: "desc", before: null, after: cursor ?? null, limit: limit ?? PAGE_LIMIT.default } as const;
  const { items, after } = await idPageOf(scope, within, request);
  return { items, next: after };
}

async function idPageOf(
  scope: EnvironmentScope,
  within: Prisma.AuditLogExportWhereInput,
  request: IdPageRequest,
): Promise<IdPage<AuditLogExport>> {
  const found = await idPage(request, (query) =>
    scope.db.prisma.auditLogExport.findMany({
      ...query,
      where: { AND: [within, query.where] },
      include: exportInclude,
    }),
  );
  return { ...found, items: found.items.map((row) => toExport(scope, row)) };
}
