import { z } from "zod";
import { eventFilters } from "@/schemas/event-filters";
import type { AuditLogExport } from "@/schemas/export";
import { parseTimestamp } from "@/schemas/timestamps";
import { createDownloadUrl } from "@/server/domain/exports/download";
import { findExportInEnvironment } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { DomainError } from "@/server/errors";
import { endpoint } from "./endpoint";
import { into, textList } from "./wire";

const body = z
  .object({
    organization_id: z.string(),
    range_start: z.string(),
    range_end: z.string(),
    actions: textList,
    /** The older spelling of `actor_names`. */
    actors: textList,
    actor_names: textList,
    actor_ids: textList,
    /** Types of targets. */
    targets: textList,
  })
  .transform((wire) => ({
    organizationId: wire.organization_id,
    ...range(wire.range_start, wire.range_end),
    actions: wire.actions,
    actorIds: wire.actor_ids,
    actorNames: [...wire.actors, ...wire.actor_names],
    targetTypes: wire.targets,
  }))
  .pipe(into(eventFilters.safeExtend({ organizationId: z.string() })));

/** `POST /audit_logs/exports` */
export const createExport = endpoint({ body, status: 201 }, async ({ scope, body: { organizationId, ...filters } }) => {
  const organization = await scopeToOrganization(scope, organizationId);
  return exportObject(await requestExport(organization, { filters }));
});

/** `GET /audit_logs/exports/{id}`; every answer for a ready export carries a fresh address. */
export const readExport = endpoint({ status: 200 }, async ({ scope, param }) => {
  const { scope: organization, found } = await findExportInEnvironment(scope, param("id"));
  if (found.state !== "ready") return exportObject(found);
  const { url } = await createDownloadUrl(organization, found.id);
  return { ...exportObject(found), url };
});

function range(start: string, end: string): { from: Date; to: Date } {
  const refuse = (message: string) =>
    new DomainError("invalid_request", message, { wireCode: "invalid_audit_log_export_range_date" });
  const from = parseTimestamp(start);
  const to = parseTimestamp(end);
  if (!from) throw refuse(`Invalid date range: range_start is not a date that exists: '${start.slice(0, 50)}'.`);
  if (!to) throw refuse(`Invalid date range: range_end is not a date that exists: '${end.slice(0, 50)}'.`);
  if (to < from) throw refuse("Invalid date range: range_end is before range_start.");
  return { from, to };
}

function exportObject(found: AuditLogExport) {
  return {
    object: "audit_log_export",
    id: found.id,
    state: found.state,
    created_at: found.createdAt,
    updated_at: found.updatedAt,
  };
}
