import { readFreeSpace } from "@/server/domain/operations/free-space";
import { listEnvironments } from "@/server/domain/workspaces/member-scope";
import { VERSION } from "@/server/kernel/version";
import { router, workspaceProcedure } from "@/server/trpc/procedures";

export const workspaceRouter = router({
  current: workspaceProcedure("viewer").query(async ({ ctx: { scope } }) => ({
    workspace: scope.workspace,
    member: scope.member,
    environments: await listEnvironments(scope),
    version: VERSION,
    freeSpace: await readFreeSpace(scope),
  })),
});
