import type { Prisma } from "@/prisma/generated/client";
import { notFound } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";

/** `shared` for additions that don't depend on each other; `exclusive` for those that are counted against a limit. */
type Lock = "shared" | "exclusive";

/**
 * Keeps the organization from being deleted until the transaction ends. Every transaction that adds something to an
 * organization begins with this: its scope may have been created just before the deletion, which would miss a row that is
 * committed after it.
 * @throws DomainError `not_found` if the organization is deleted
 */
export async function lockOrganization(
  tx: Prisma.TransactionClient,
  scope: OrganizationScope,
  lock: Lock = "shared",
): Promise<void> {
  const { pk, id } = scope.organization;
  const found =
    lock === "shared"
      ? await tx.$queryRaw<object[]>`
          SELECT pk FROM organization WHERE pk = ${pk} AND deleted_at IS NULL FOR SHARE`
      : await tx.$queryRaw<object[]>`
          SELECT pk FROM organization WHERE pk = ${pk} AND deleted_at IS NULL FOR NO KEY UPDATE`;
  if (found.length === 0) throw notFound("Organization", id);
}
