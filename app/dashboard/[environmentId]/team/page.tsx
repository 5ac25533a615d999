import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { PageHeader } from "@/components/shell/page-header";
import { InvitationList } from "@/components/team/invitation-list";
import { InviteMember } from "@/components/team/invite-member";
import { MemberList } from "@/components/team/member-list";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: PageProps<"/dashboard/[environmentId]/team">) {
  const { environmentId } = await params;
  const { member } = await requireStaff(environmentId, `/dashboard/${environmentId}/team`);
  const canManage = roleAllows(member.role, "owner");
  return (
    <>
      <PageHeader title="Team" actions={canManage && <InviteMember />}>
        {canManage
          ? "Everyone with access to this workspace."
          : "Everyone with access to this workspace. Only owners can manage members."}
      </PageHeader>
      <MemberList canManage={canManage} self={member.email} />
      {canManage && <InvitationList />}
    </>
  );
}
