import type { Prisma } from "@/prisma/generated/client";
import { formatBytes } from "@/schemas/size";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";

/** Seconds; short, because some SDKs wait exactly as long as `retry-after` says. */
const RETRY_AFTER = 10;

/**
 * Checks that the organization may have another export. The caller has locked the organization for updates, so parallel
 * requests are counted one after the other.
 * @throws DomainError `too_many` that says what to wait for
 */
export async function requireExportAllowed(
  tx: Prisma.TransactionClient,
  { organization, config }: OrganizationScope,
): Promise<void> {
  const [used] = await tx.$queryRaw<{ pending: number; bytes: number }[]>`
    SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending, coalesce(sum(bytes), 0)::float8 AS bytes
    FROM audit_log_export WHERE organization_pk = ${organization.pk} AND state <> 'error' AND file_deleted_at IS NULL`;
  const { pending, bytes } = used ?? { pending: 0, bytes: 0 };
  const limits = config.exportLimits;
  if (pending >= limits.pending) {
    const count = `${limits.pending} unfinished ${limits.pending === 1 ? "export" : "exports"}`;
    throw tooMany(`An organization can have ${count} at a time. Wait until one is finished, or cancel one.`);
  }
  if (bytes >= limits.bytes) {
    const days = config.exportFileDays === 1 ? "a day" : `${config.exportFileDays} days`;
    throw tooMany(
      `This organization's export files use ${formatBytes(bytes)}; ${formatBytes(limits.bytes)} are allowed. ` +
        `Files are deleted ${days} after their export finishes.`,
    );
  }
}

function tooMany(message: string): DomainError {
  return new DomainError("too_many", message, {
    wireCode: "export_limit_exceeded",
    headers: { "retry-after": String(RETRY_AFTER) },
  });
}
