import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { PortalBranding } from "@/components/settings/portal-branding";
import { RedirectOrigins } from "@/components/settings/redirect-origins";
import { StrictActions } from "@/components/settings/strict-actions";
import { PageHeader } from "@/components/shell/page-header";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: PageProps<"/dashboard/[environmentId]/settings">) {
  const { environmentId } = await params;
  const { member, environments } = await requireStaff(environmentId, `/dashboard/${environmentId}/settings`);
  const canManage = roleAllows(member.role, "admin");
  const isStaging = environments.some(({ id, kind }) => id === environmentId && kind === "staging");
  return (
    <>
      <PageHeader title="Settings">
        {canManage
          ? "Customer portal and event settings."
          : "Customer portal and event settings. Only admins and owners can change them."}
      </PageHeader>
      <PortalBranding canManage={canManage} />
      <RedirectOrigins canManage={canManage} isStaging={isStaging} />
      <StrictActions canManage={canManage} />
    </>
  );
}
