import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { EnvironmentExports } from "@/components/exports/environment-exports";
import { PageHeader } from "@/components/shell/page-header";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Exports" };

export default async function ExportsPage({ params }: PageProps<"/dashboard/[environmentId]/exports">) {
  const { environmentId } = await params;
  const { member } = await requireStaff(environmentId, `/dashboard/${environmentId}/exports`);
  return (
    <>
      <PageHeader title="Exports">Exported files for all organizations in this environment.</PageHeader>
      <EnvironmentExports canExport={roleAllows(member.role, "member")} />
    </>
  );
}
