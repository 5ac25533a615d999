import { z } from "zod";
import { eventFilters } from "@/schemas/events/event-filters";
import { exportRequest, type AuditLogExport } from "@/schemas/exports/export";
import { described, id, into, last, optional } from "@/schemas/wire";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { deletedFileWords } from "@/server/domain/exports/deleted-file";
import { createDownloadUrl } from "@/server/domain/exports/download";
import { findExportInEnvironment, listExportsBothWays } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { endpoint } from "@/server/rest/http/endpoint";
import { filtersOf, perWireFilter, rangeEnd, rangeOf, rangeStart } from "@/server/rest/resources/events/filters";
import { listObject, listOf, listRequest, ownListParameters, ownPageRequest } from "@/server/rest/http/lists";

const { format, gzip } = exportRequest.shape;

const body = z
  .object({
    organization_id: id,
    range_start: rangeStart,
    range_end: rangeEnd,
    ...perWireFilter((texts) => texts),
    format: described(
      optional(z.unknown()),
      format.describe(
        "Trailport's own; `csv_excel` begins with the mark by which Excel knows UTF-8, `jsonl` keeps every value as it was sent.",
      ),
    ),
    gzip: described(optional(z.unknown()), gzip.describe("Trailport's own: whether the file is compressed.")),
  })
  .transform((wire) => ({
    organizationId: wire.organization_id,
    filters: { ...rangeOf(wire.range_start, wire.range_end), ...filtersOf(wire) },
    format: wire.format ?? undefined,
    gzip: wire.gzip ?? undefined,
  }))
  .pipe(into(exportRequest.extend({ organizationId: id, filters: eventFilters })));

const exportAnswer = z.object({
  object: z.literal("audit_log_export"),
  id: z.string(),
  state: z.enum(["pending", "ready", "error"]),
  url: z.string().optional().describe("Where the file is, for ten minutes; only where one ready export is read."),
  created_at: z.date(),
  updated_at: z.date(),
  organization_id: z.string(),
  failure: z.string().optional().describe("The reason of the state `error`, in words."),
});

/** `POST /audit_logs/exports` */
export const createExport = endpoint(
  {
    summary: "Create an export",
    description:
      "Any range, with no cap on rows. The file is written in the background: read the export until its state is `ready`. " +
      "Target ids, values filtered out and a search are filters of the screens, and of the tRPC procedure `exports.request`, only.",
    body,
    example: {
      organization_id: "org_01EHWNCE74X7JSDV0X3SZ3KJNY",
      range_start: "2026-09-01T00:00:00.000Z",
      range_end: "2026-10-01T00:00:00.000Z",
      actions: ["user.signed_in"],
      actor_names: ["Ada Lovelace"],
      targets: ["team"],
      format: "jsonl",
      gzip: true,
    },
    status: 201,
    answer: exportAnswer,
  },
  async ({ scope, body: { organizationId, ...request } }) =>
    exportObject(await requestExport(await scopeToOrganization(scope, organizationId), request)),
);

/** `GET /audit_logs/exports/{id}` */
export const readExport = endpoint(
  {
    summary: "Read an export",
    description: "Each answer for a ready export carries a fresh address of the file, and is noted as a download.",
    status: 200,
    answer: exportAnswer,
  },
  async ({ scope, param }) => {
    const { scope: organization, found } = await findExportInEnvironment(scope, param("id"));
    if (found.state !== "ready" || found.fileDeletedAt) return exportObject(found);
    const { url } = await createDownloadUrl(organization, found.id);
    return { ...exportObject(found), url };
  },
);

const query = z
  .object({ ...ownListParameters, organization_id: described(last, id) })
  .partial()
  .transform((wire) => ({ ...listRequest(wire), organizationId: wire.organization_id }))
  .pipe(into(ownPageRequest.extend({ organizationId: id.optional() })));

/** `GET /audit_logs/exports` */
export const listExportsEndpoint = endpoint(
  {
    summary: "List exports",
    description: "Trailport's own: WorkOS has no such endpoint. Of one organization, or of all; newest first.",
    query,
    status: 200,
    answer: listOf(exportAnswer),
  },
  async ({ scope, query: { organizationId, ...request } }) => {
    const organization = organizationId === undefined ? null : await scopeToOrganization(scope, organizationId);
    return listObject(await listExportsBothWays(scope, organization, request), exportObject);
  },
);

/** `POST /audit_logs/exports/{id}/cancel` */
export const cancelExportEndpoint = endpoint(
  {
    summary: "Cancel an export",
    description:
      "Trailport's own: WorkOS has no such endpoint. The state becomes `error`; cancelling twice does no harm, and a finished export is 409.",
    status: 200,
    answer: exportAnswer,
  },
  async ({ scope, param }) => {
    const { scope: organization, found } = await findExportInEnvironment(scope, param("id"));
    return exportObject(await cancelExport(organization, found.id));
  },
);

/** An export whose file has been deleted is an `error` here: `expired`, which WorkOS has for it, makes some SDKs throw. */
function exportObject(found: AuditLogExport): z.input<typeof exportAnswer> {
  const failure = deletedFileWords(found) ?? found.failure;
  return {
    object: "audit_log_export",
    id: found.id,
    state: found.fileDeletedAt ? "error" : found.state,
    created_at: found.createdAt,
    updated_at: found.updatedAt,
    organization_id: found.organizationId,
    ...(failure !== null && { failure }),
  };
}
