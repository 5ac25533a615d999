import type { Prisma } from "@/prisma/generated/client";
import type { EventSchemaVersion, NewEventSchema } from "@/schemas/event-schemas/event-schema";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** Converts a stored row to a schema version. */
export function toVersion(row: Prisma.AuditLogSchemaGetPayload<object>): EventSchemaVersion {
  // Checked when it was created. It isn't checked again: earlier versions of Trailport allowed larger schemas.
  const { targets, actorMetadata, metadata } = row as unknown as NewEventSchema;
  return { id: row.id, version: row.version, targets, actorMetadata, metadata, createdAt: row.createdAt };
}

/** Reads one version of an action's schema and the number of its characters as JSON; null if it does not exist. */
export async function readStoredSchema(
  { db }: EnvironmentScope,
  actionId: string,
  version: number,
): Promise<{ readonly schema: NewEventSchema; readonly characters: number } | null> {
  const [json] = await db.query<{ targets: string; actor: string | null; metadata: string | null }>(
    `SELECT targets::text, actor_metadata::text AS actor, metadata::text
     FROM audit_log_schema WHERE action_id = $1 AND version = $2`,
    [actionId, version],
  );
  if (!json) return null;
  const { targets, actor, metadata } = json;
  // Checked when it was created, like `toVersion`.
  const parsed = (text: string | null) => JSON.parse(text ?? "null") as unknown;
  const schema = { targets: parsed(targets), actorMetadata: parsed(actor), metadata: parsed(metadata) };
  const characters = targets.length + (actor?.length ?? 0) + (metadata?.length ?? 0);
  return { schema: schema as NewEventSchema, characters };
}
