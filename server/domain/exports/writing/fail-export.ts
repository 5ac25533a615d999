import { markFailed } from "@/server/domain/exports/export-store";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { deleteLeftovers } from "./delete-leftovers";

const UNEXPECTED =
  "The file could not be written because of an unexpected error. Export again. If it fails again, check the worker's log.";

/**
 * Fails an export that cannot be written, with a reason for people, and deletes what was stored of it. Only the message of
 * a DomainError is such a reason. Does nothing to an export that has ended.
 */
export async function failExport(
  services: Services,
  exportId: string,
  error: { readonly name: string; readonly message: string },
): Promise<void> {
  services.log.error({ exportId, error: `${error.name}: ${error.message}` }, "export failed");
  await markFailed(services, exportId, error.name === DomainError.name ? error.message : UNEXPECTED);
  await deleteLeftovers(services, exportId);
}
