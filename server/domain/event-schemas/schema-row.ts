import type { Prisma } from "@/prisma/generated/client";
import { newEventSchema, type EventSchemaVersion } from "@/schemas/event-schemas/event-schema";

/** Converts a stored row to a schema version. */
export function toVersion(row: Prisma.AuditLogSchemaGetPayload<object>): EventSchemaVersion {
  const { targets, actorMetadata, metadata } = newEventSchema.parse(row);
  return { id: row.id, version: row.version, targets, actorMetadata, metadata, createdAt: row.createdAt };
}
