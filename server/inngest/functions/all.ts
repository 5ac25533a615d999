import type { InngestFunction } from "inngest";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";
import { beatRegularly } from "./beat";
import { deleteOrganizationInTheBackground } from "./delete-organization";
import { enforceRetentionNightly } from "./enforce-retention";
import { ensurePartitionsRegularly } from "./ensure-partitions";
import { expireExportFilesRegularly } from "./expire-export-files";
import { expireIdempotencyRegularly } from "./expire-idempotency";
import { expireRateWindowsRegularly } from "./expire-rate-windows";
import { expireRejectedEventsRegularly } from "./expire-rejected-events";
import { sweepDeletedOrganizationsRegularly } from "./sweep-deleted-organizations";
import { sweepExportsRegularly } from "./sweep-exports";
import { writeExport } from "./write-export";

/** Every function of the worker. */
export function createFunctions(inngest: InngestClient, services: Services): InngestFunction.Any[] {
  return [
    writeExport(inngest, services),
    beatRegularly(inngest, services),
    sweepExportsRegularly(inngest, services),
    expireExportFilesRegularly(inngest, services),
    deleteOrganizationInTheBackground(inngest, services),
    sweepDeletedOrganizationsRegularly(inngest, services),
    enforceRetentionNightly(inngest, services),
    ensurePartitionsRegularly(inngest, services),
    expireIdempotencyRegularly(inngest, services),
    expireRejectedEventsRegularly(inngest, services),
    expireRateWindowsRegularly(inngest, services),
  ];
}
