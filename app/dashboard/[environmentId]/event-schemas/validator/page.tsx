import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { SchemasHeader } from "@/components/event-schemas/schemas-header";
import { Validator } from "@/components/event-schemas/validator/validator";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Schema validator" };

export default async function ValidatorPage({
  params,
}: PageProps<"/dashboard/[environmentId]/event-schemas/validator">) {
  const { environmentId } = await params;
  const { member } = await requireStaff(environmentId, `/dashboard/${environmentId}/event-schemas/validator`);
  return (
    <>
      <SchemasHeader environmentId={environmentId} canManage={roleAllows(member.role, "admin")} />
      <Validator environmentId={environmentId} />
    </>
  );
}
