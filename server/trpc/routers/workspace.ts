import { listEnvironments } from "@/server/domain/workspaces/member-scope";
import { router, staffProcedure } from "@/server/trpc/procedures";

export const workspaceRouter = router({
  current: staffProcedure.query(async ({ ctx: { scope } }) => ({
    workspace: scope.workspace,
    member: scope.member,
    environments: await listEnvironments(scope),
  })),
});
