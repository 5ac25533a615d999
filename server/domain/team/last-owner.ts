import type { Database } from "@/server/kernel/ports/database";
import type { WorkspaceScope } from "@/server/kernel/scopes";
import { DomainError } from "@/server/kernel/errors";

type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];

/**
 * Makes changes to the workspace's owners wait for each other until the transaction ends, and answers the ids of those
 * there are. Called before anything else of the team is read.
 */
export async function lockOwners(tx: Transaction, { workspace }: WorkspaceScope): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM member WHERE workspace_id = ${workspace.id} AND role = 'owner' ORDER BY id FOR UPDATE`;
  return new Set(rows.map(({ id }) => id));
}

/** @throws DomainError `conflict` when the workspace would be left without an owner */
export function requireAnotherOwner(owners: ReadonlySet<string>, memberId: string): void {
  if (!owners.has(memberId) || owners.size > 1) return;
  throw new DomainError("conflict", "A workspace needs an owner. Make somebody else an owner first.");
}
