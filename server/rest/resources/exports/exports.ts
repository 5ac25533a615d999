import { z } from "zod";
import { eventFilters } from "@/schemas/events/event-filters";
import { exportRequest, type AuditLogExport } from "@/schemas/exports/export";
import { described, id, into, last, optional, withSenderPaths } from "@/schemas/wire";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { deletedFileMessage } from "@/server/domain/exports/deleted-file";
import { createDownloadUrl, unrecordedDownloadUrl } from "@/server/domain/exports/download";
import { findExportInEnvironment, listExportsInOrder } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { endpoint } from "@/server/rest/http/endpoint";
import {
  bodyFilters,
  exclude,
  filtersOf,
  rangeEnd,
  rangeOf,
  rangeStart,
  searchText,
  senderFilterPath,
} from "@/server/rest/resources/events/filters";
import { listObject, listOf, listRequest, ownListParameters, ownPageRequest } from "@/server/rest/http/lists";

const { format, gzip } = exportRequest.shape;

const body = withSenderPaths(
  z
    .object({
      organization_id: id,
      range_start: rangeStart,
      range_end: rangeEnd,
      ...bodyFilters,
      exclude,
      search: optional(searchText),
      format: described(
        optional(z.unknown()),
        format.describe(
          "Specific to Trailport. `csv_excel` is the table in the form that Excel opens in every language, with tabs, in UTF-16; `jsonl` keeps every value as it was sent.",
        ),
      ),
      gzip: described(optional(z.unknown()), gzip.describe("Specific to Trailport. Whether to compress the file.")),
    })
    .transform((wire) => ({
      organizationId: wire.organization_id,
      filters: {
        ...rangeOf(wire.range_start, wire.range_end),
        ...filtersOf(wire),
        exclude: filtersOf(wire.exclude),
        search: wire.search ?? undefined,
      },
      format: wire.format ?? undefined,
      gzip: wire.gzip ?? undefined,
    }))
    .pipe(into(exportRequest.extend({ organizationId: id, filters: eventFilters }))),
  senderFilterPath,
);

const exportResponse = z.object({
  object: z.literal("audit_log_export"),
  id: z.string(),
  state: z.enum(["pending", "ready", "error"]),
  url: z.string().optional().describe("The file's URL, valid for 10 minutes; only when you get a single ready export."),
  created_at: z.date(),
  updated_at: z.date(),
  organization_id: z.string(),
  failure: z.string().optional().describe("Why the state is `error`."),
});

/** `POST /audit_logs/exports` */
export const createExport = endpoint(
  {
    needs: "exports",
    summary: "Create an export",
    description:
      "Any date range, with no row limit. The file is written in the background: get the export until its state is `ready`. " +
      "An unknown field is rejected, because an ignored filter would put too many events into the file.",
    body,
    unknownFields: "reject",
    example: {
      organization_id: "org_01EHWNCE74X7JSDV0X3SZ3KJNY",
      range_start: "2026-09-01T00:00:00.000Z",
      range_end: "2026-10-01T00:00:00.000Z",
      actions: ["user.signed_in"],
      actor_names: ["Ada Lovelace"],
      targets: ["team"],
      exclude: { target_ids: ["team_1"] },
      search: "acme",
      format: "jsonl",
      gzip: true,
    },
    status: 201,
    response: exportResponse,
  },
  async ({ scope, body: { organizationId, ...request } }) =>
    exportObject(await requestExport(await scopeToOrganization(scope, organizationId), request)),
);

/** `GET /audit_logs/exports/{id}` */
export const getExportEndpoint = endpoint(
  {
    needs: "exports",
    summary: "Get an export",
    description:
      "Each response for a ready export has a new URL for the file and is recorded as a download. A response to HEAD has " +
      "no URL and isn't.",
    status: 200,
    response: exportResponse,
  },
  async ({ scope, method, param }) => {
    const { scope: organization, found } = await findExportInEnvironment(scope, param("id"));
    if (found.state !== "ready" || found.fileDeletedAt) return exportObject(found);
    // Node sends no body in response to HEAD, so no one receives the URL.
    const isHead = method === "HEAD";
    const { url } = isHead ? unrecordedDownloadUrl(scope, found.id) : await createDownloadUrl(organization, found.id);
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
    needs: "exports",
    summary: "List exports",
    description: "Specific to Trailport. Lists the exports of one organization or of all, newest first.",
    query,
    status: 200,
    response: listOf(exportResponse),
  },
  async ({ scope, query: { organizationId, ...request } }) => {
    const organization = organizationId === undefined ? null : await scopeToOrganization(scope, organizationId);
    return listObject(await listExportsInOrder(scope, organization, request), exportObject);
  },
);

/** `POST /audit_logs/exports/{id}/cancel` */
export const cancelExportEndpoint = endpoint(
  {
    needs: "exports",
    summary: "Cancel an export",
    description:
      "Specific to Trailport. The state becomes `error`. Canceling again has no effect; a finished export returns 409.",
    status: 200,
    response: exportResponse,
  },
  async ({ scope, param }) => {
    const { scope: organization, found } = await findExportInEnvironment(scope, param("id"));
    return exportObject(await cancelExport(organization, found.id));
  },
);

/** The state of an export whose file was deleted is `error`: WorkOS's state for it, `expired`, makes some SDKs throw. */
function exportObject(found: AuditLogExport): z.input<typeof exportResponse> {
  const failure = deletedFileMessage(found) ?? found.failure;
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
