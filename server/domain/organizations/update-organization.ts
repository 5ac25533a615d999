import type { Prisma } from "@/prisma/generated/client";
import type { Organization, OrganizationChanges } from "@/schemas/organizations/organization";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError, notFound } from "@/server/kernel/errors";
import { withNewIds } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { toConflictError } from "./create-organization";
import { organizationSelect, toOrganization } from "./organization-row";

/** The limit for metadata also applies to the merged result. */
const MAX_METADATA_KEYS = 50;

/**
 * Changes the given fields and keeps all others. Metadata is merged, where null removes a key, or all of it;
 * domains are replaced.
 * @throws DomainError `conflict` or `invalid_request` for a value that another organization has; `not_found` if the
 * organization was deleted
 */
export async function updateOrganization(
  scope: OrganizationScope,
  changes: OrganizationChanges,
): Promise<Organization> {
  const now = scope.now();
  const { domains, metadata, ...columns } = changes;
  try {
    return await scope.db.prisma.$transaction(async (tx) => {
      const where = { pk: scope.organization.pk };
      // The first statement locks the row, so that concurrent requests do not lose each other's metadata, and a deletion
      // waits.
      const { count } = await tx.organization.updateMany({
        where: { ...where, deletedAt: null },
        data: { updatedAt: now },
      });
      if (count === 0) throw notFound("Organization", scope.organization.id);
      const current = await tx.organization.findUniqueOrThrow({ where, select: organizationSelect });
      if (domains) await replaceDomains(tx, scope, domains);
      const data = {
        ...columns,
        ...(metadata !== undefined && { metadata: merged(toOrganization(current).metadata, metadata) }),
      };
      const row = await tx.organization.update({ where, data, select: organizationSelect });
      await recordActivity(tx, scope, "organization.updated", { name: row.name });
      return toOrganization(row);
    });
  } catch (error) {
    throw await toConflictError(scope, { ...columns, ...(domains && { domains }) }, error);
  }
}

function merged(
  current: Record<string, string>,
  changes: Record<string, string | null> | null,
): Record<string, string> {
  if (changes === null) return {};
  const entries = Object.entries({ ...current, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  if (entries.length <= MAX_METADATA_KEYS) return Object.fromEntries(entries);
  throw new DomainError(
    "invalid_request",
    `Metadata can have at most ${MAX_METADATA_KEYS} keys; this change would result in ${entries.length}.`,
    {
      wireCode: "invalid_metadata",
    },
  );
}

async function replaceDomains(
  tx: Prisma.TransactionClient,
  scope: OrganizationScope,
  domains: NonNullable<OrganizationChanges["domains"]>,
): Promise<void> {
  const now = scope.now();
  const mine = { organizationPk: scope.organization.pk, environmentPk: scope.environment.pk };
  await tx.organizationDomain.deleteMany({ where: { ...mine, domain: { notIn: domains.map((each) => each.domain) } } });
  for (const { domain, state, id } of withNewIds("org_domain", now, domains)) {
    const { count } = await tx.organizationDomain.updateMany({
      where: { ...mine, domain },
      data: { state, updatedAt: now },
    });
    if (count > 0) continue;
    await tx.organizationDomain.create({
      data: { ...mine, id, domain, state, createdAt: now, updatedAt: now },
    });
  }
}
