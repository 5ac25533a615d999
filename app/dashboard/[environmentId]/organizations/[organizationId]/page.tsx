import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { EventViewer } from "@/components/events/event-viewer";
import { FirstEvent } from "@/components/organizations/first-event/first-event";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Audit Logs" };

export default async function AuditLogsPage({
  params,
  searchParams,
}: PageProps<"/dashboard/[environmentId]/organizations/[organizationId]">) {
  const { environmentId, organizationId } = await params;
  const { member } = await requireStaff(
    environmentId,
    await urlWithQuery(`/dashboard/${environmentId}/organizations/${organizationId}`, searchParams),
  );
  return (
    <EventViewer
      organizationId={organizationId}
      beforeFirstEvent={
        <FirstEvent
          environmentId={environmentId}
          organizationId={organizationId}
          canCreateKeys={roleAllows(member.role, "admin")}
        />
      }
    />
  );
}
