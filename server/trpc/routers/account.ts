import { z } from "zod";
import { acceptance, passwordChange, passwordReset, personName } from "@/schemas/team/account";
import { storableText } from "@/schemas/text";
import { changePassword, getAccount, renameMember, signOutEverywhere } from "@/server/domain/account/account";
import { endMemberSession, listMemberSessions } from "@/server/domain/workspaces/member-sessions";
import { resetPassword } from "@/server/domain/account/password-reset";
import { acceptInvitation } from "@/server/domain/team/accept-invitation";
import { linkProcedure, router, workspaceProcedure } from "@/server/trpc/procedures";

export const accountRouter = router({
  current: workspaceProcedure("viewer").query(({ ctx }) => getAccount(ctx.scope)),
  rename: workspaceProcedure("viewer")
    .input(z.object({ name: personName }))
    .mutation(({ ctx, input }) => renameMember(ctx.scope, input.name)),
  changePassword: workspaceProcedure("viewer")
    .input(passwordChange)
    .mutation(({ ctx, input }) => changePassword(ctx.scope, input)),
  sessions: workspaceProcedure("viewer").query(({ ctx }) => listMemberSessions(ctx.scope)),
  endSession: workspaceProcedure("viewer")
    .input(z.object({ sessionId: storableText(100) }))
    .mutation(({ ctx, input }) => endMemberSession(ctx.scope, input.sessionId)),
  signOutEverywhere: workspaceProcedure("viewer").mutation(({ ctx }) => signOutEverywhere(ctx.scope)),
  acceptInvitation: linkProcedure.input(acceptance).mutation(({ ctx, input }) => acceptInvitation(ctx.services, input)),
  resetPassword: linkProcedure.input(passwordReset).mutation(({ ctx, input }) => resetPassword(ctx.services, input)),
});
