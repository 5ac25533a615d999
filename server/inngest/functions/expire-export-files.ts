import { cron } from "inngest";
import { expireExportFiles } from "@/server/domain/exports/expire-export-files";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Twice an hour. */
export function expireExportFilesRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "expire-export-files", triggers: [cron("11,41 * * * *")], retries: 2, concurrency: 1 },
    ({ step }) => step.run("expire", () => expireExportFiles(services)),
  );
}
