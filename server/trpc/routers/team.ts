import { z } from "zod";
import { newInvitation, roleChange } from "@/schemas/team/team";
import { createResetLink } from "@/server/domain/account/password-reset";
import { inviteMember, listInvitations, resendInvitation, revokeInvitation } from "@/server/domain/team/invitations";
import { changeRole, listMembers, removeMember } from "@/server/domain/team/members";
import { router, workspaceProcedure } from "@/server/trpc/procedures";

const ofMember = z.object({ memberId: z.string().max(100) });
const ofInvitation = z.object({ invitationId: z.string().max(100) });

export const teamRouter = router({
  members: workspaceProcedure("viewer").query(({ ctx }) => listMembers(ctx.scope)),
  invitations: workspaceProcedure("owner").query(({ ctx }) => listInvitations(ctx.scope)),
  invite: workspaceProcedure("owner")
    .input(newInvitation)
    .mutation(({ ctx, input }) => inviteMember(ctx.scope, input)),
  resendInvitation: workspaceProcedure("owner")
    .input(ofInvitation)
    .mutation(({ ctx, input }) => resendInvitation(ctx.scope, input.invitationId)),
  revokeInvitation: workspaceProcedure("owner")
    .input(ofInvitation)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input.invitationId)),
  changeRole: workspaceProcedure("owner")
    .input(roleChange)
    .mutation(({ ctx, input }) => changeRole(ctx.scope, input.memberId, input.role)),
  remove: workspaceProcedure("owner")
    .input(ofMember)
    .mutation(({ ctx, input }) => removeMember(ctx.scope, input.memberId)),
  createResetLink: workspaceProcedure("owner")
    .input(ofMember)
    .mutation(({ ctx, input }) => createResetLink(ctx.scope, input.memberId)),
});
