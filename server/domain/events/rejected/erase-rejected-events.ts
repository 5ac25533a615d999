import type { Prisma } from "@/prisma/generated/client";
import type { Services } from "@/server/kernel/services";
import { ERASED_BODY } from "./rejected-event-row";

const ERASE = `UPDATE rejected_event SET body = to_json($3::text), idempotency_key = NULL, violations = '"[]"'
  WHERE environment_pk = $1 AND organization_id = $2 AND body::text <> to_json($3::text)::text`;

/** Deletes the content of all rejected events of an organization. Their action, reason and time stay for the rest of the week. */
export async function eraseRejectedEvents(
  tx: Prisma.TransactionClient,
  environmentPk: number,
  organizationId: string,
): Promise<void> {
  await tx.$executeRawUnsafe(ERASE, environmentPk, organizationId, ERASED_BODY);
}

/** The same, outside of a transaction and without Prisma. */
export async function eraseLateRejectedEvents(
  { db }: Services,
  environmentPk: number,
  organizationId: string,
): Promise<void> {
  await db.query(ERASE, [environmentPk, organizationId, ERASED_BODY]);
}
