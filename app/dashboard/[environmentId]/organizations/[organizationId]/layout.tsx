import type { Metadata } from "next";
import { findOrganization, findStaff } from "@/app/dashboard/staff";
import { OrganizationHeader } from "@/components/organizations/organization-header";
import { roleAllows } from "@/schemas/team/roles";

type Props = LayoutProps<"/dashboard/[environmentId]/organizations/[organizationId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { environmentId, organizationId } = await params;
  const name = (await findOrganization(environmentId, organizationId))?.name ?? "Organization";
  return { title: { default: name, template: `%s · ${name} · Trailport` } };
}

export default async function OrganizationLayout({ params, children }: Props) {
  const { environmentId, organizationId } = await params;
  const staff = await findStaff(environmentId);
  const organization = await findOrganization(environmentId, organizationId);
  if (!staff || !organization) return children;
  const deniedReason = roleAllows(staff.member.role, "member")
    ? null
    : "Viewers can’t export or share. Ask an owner to change your role.";
  return (
    <>
      <OrganizationHeader
        environmentId={environmentId}
        organization={{ id: organization.id, name: organization.name }}
        deniedReason={deniedReason}
      />
      {children}
    </>
  );
}
