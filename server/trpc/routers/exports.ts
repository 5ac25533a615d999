import { z } from "zod";
import { exportRequest } from "@/schemas/exports/export";
import { pageRequest } from "@/schemas/paging";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { createDownloadUrl } from "@/server/domain/exports/download";
import { estimateExport } from "@/server/domain/exports/estimate-export";
import { getExport, listEnvironmentExports, listExports } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { runExportAgain } from "@/server/domain/exports/run-export-again";
import { environmentProcedure, organizationProcedure, router } from "@/server/trpc/procedures";

const one = z.object({ exportId: z.string().max(100) });

export const exportsRouter = router({
  request: organizationProcedure("member", "exports")
    .input(exportRequest)
    .mutation(({ ctx, input }) => requestExport(ctx.scope, input)),
  estimate: organizationProcedure("viewer", "exports")
    .input(exportRequest)
    .query(({ ctx, input }) => estimateExport(ctx.scope, input)),
  list: organizationProcedure("viewer", "exports")
    .input(pageRequest)
    .query(({ ctx, input }) => listExports(ctx.scope, input)),
  inEnvironment: environmentProcedure("viewer", "exports")
    .input(pageRequest)
    .query(({ ctx, input }) => listEnvironmentExports(ctx.scope, input)),
  byId: organizationProcedure("viewer", "exports")
    .input(one)
    .query(({ ctx, input }) => getExport(ctx.scope, input.exportId)),
  cancel: organizationProcedure("member", "exports")
    .input(one)
    .mutation(({ ctx, input }) => cancelExport(ctx.scope, input.exportId)),
  runAgain: organizationProcedure("member", "exports")
    .input(one)
    .mutation(({ ctx, input }) => runExportAgain(ctx.scope, input.exportId)),
  download: organizationProcedure("member", "exports")
    .input(one)
    .mutation(({ ctx, input }) => createDownloadUrl(ctx.scope, input.exportId, ctx.address)),
});
