import { PARALLEL_EXPORTS } from "@/server/domain/exports/schedule";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { completeExport } from "@/server/domain/exports/writing/complete-export";
import { failExport } from "@/server/domain/exports/writing/fail-export";
import { partSize } from "@/server/domain/exports/writing/part-writer";
import { type ExportPart, writeExportPart } from "@/server/domain/exports/writing/write-export-part";
import type { InngestClient } from "@/server/inngest/client";
import { exportCanceledEvent, exportRequestedEvent } from "@/server/inngest/event-types";
import { withRequestId } from "@/server/kernel/request-context";
import type { Services } from "@/server/kernel/services";

/** Writes the file of an export. Each part is a step, so that a restarted worker continues after the last finished part. */
export function writeExport(inngest: InngestClient, services: Services, sizeOf = partSize) {
  return inngest.createFunction(
    {
      id: "write-export",
      triggers: [exportRequestedEvent],
      retries: 5,
      concurrency: [{ key: "event.data.organizationId", limit: 1 }, { limit: PARALLEL_EXPORTS }],
      cancelOn: [{ event: exportCanceledEvent, match: "data.exportId" }],
      onFailure: ({ event, error }) => {
        const { exportId, requestId } = event.data.event.data;
        return withRequestId(requestId, () => failExport(services, exportId, error));
      },
    },
    async ({ event, step }) => {
      const { exportId, requestId } = event.data;
      const run = <Result>(id: string, work: () => Promise<Result>) =>
        step.run(id, () => withRequestId(requestId, work));
      if (!(await run("begin", () => beginExport(services, exportId)))) return;

      const parts: ExportPart[] = [];
      for (let last = parts.at(-1); !last?.done; last = parts.at(-1)) {
        const number = parts.length + 1;
        const cursor = last?.cursor ?? null;
        const part = await run(`part-${number}`, () =>
          writeExportPart(services, exportId, cursor, number, sizeOf(number)),
        );
        if (!part) return;
        parts.push(part);
      }
      await run("complete", () => completeExport(services, exportId, parts));
    },
  );
}
