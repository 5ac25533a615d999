import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { ActionList } from "@/components/event-schemas/action-list";
import { SchemasHeader } from "@/components/event-schemas/schemas-header";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Event schemas" };

export default async function EventSchemasPage({
  params,
  searchParams,
}: PageProps<"/dashboard/[environmentId]/event-schemas">) {
  const { environmentId } = await params;
  const url = await urlWithQuery(`/dashboard/${environmentId}/event-schemas`, searchParams);
  const { member } = await requireStaff(environmentId, url);
  return (
    <>
      <SchemasHeader environmentId={environmentId} canManage={roleAllows(member.role, "admin")} />
      <ActionList environmentId={environmentId} />
    </>
  );
}
