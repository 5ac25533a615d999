import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { CreateOrganization } from "@/components/organizations/create-organization";
import { Onboarding } from "@/components/organizations/first-event/onboarding";
import { OrganizationList } from "@/components/organizations/organization-list";
import { PageHeader } from "@/components/shell/page-header";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Organizations" };

export default async function OrganizationsPage({
  params,
  searchParams,
}: PageProps<"/dashboard/[environmentId]/organizations">) {
  const { environmentId } = await params;
  const { member } = await requireStaff(
    environmentId,
    await urlWithQuery(`/dashboard/${environmentId}/organizations`, searchParams),
  );
  return (
    <>
      <PageHeader
        title="Organizations"
        actions={roleAllows(member.role, "admin") && <CreateOrganization environmentId={environmentId} />}
      >
        Each organization is one of your customers, with its own audit log.
      </PageHeader>
      <Onboarding environmentId={environmentId} role={member.role} />
      <OrganizationList environmentId={environmentId} />
    </>
  );
}
