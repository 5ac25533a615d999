import type { Database } from "@/server/kernel/ports/database";
import type { WorkspaceScope } from "@/server/kernel/scopes";
import { DomainError } from "@/server/kernel/errors";

type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];

/**
 * Locks the workspace's owners until the transaction ends, so that changes to them happen one after another, and returns
 * their IDs. Call it before reading anything else of the team.
 */
export async function lockOwners(tx: Transaction, { workspace }: WorkspaceScope): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM member WHERE workspace_id = ${workspace.id} AND role = 'owner' ORDER BY id FOR UPDATE`;
  return new Set(rows.map(({ id }) => id));
}

/** @throws DomainError `conflict` if the workspace would have no owner without this member */
export function requireAnotherOwner(owners: ReadonlySet<string>, memberId: string): void {
  if (!owners.has(memberId) || owners.size > 1) return;
  throw new DomainError("conflict", "A workspace needs at least one owner. Make someone else an owner first.");
}
