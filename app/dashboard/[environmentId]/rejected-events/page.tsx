import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { RejectedEventList } from "@/components/rejected-events/rejected-event-list";
import { PageHeader } from "@/components/shell/page-header";
import { MAX_REJECTED_EVENTS } from "@/schemas/limits";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Rejected events" };

export default async function RejectedEventsPage({
  params,
  searchParams,
}: PageProps<"/dashboard/[environmentId]/rejected-events">) {
  const { environmentId } = await params;
  const url = await urlWithQuery(`/dashboard/${environmentId}/rejected-events`, searchParams);
  const { member } = await requireStaff(environmentId, url);
  return (
    <>
      <PageHeader title="Rejected events">
        Events rejected in the last 7 days (newest {MAX_REJECTED_EVENTS.toLocaleString("en-US")}).
      </PageHeader>
      <RejectedEventList environmentId={environmentId} canManage={roleAllows(member.role, "admin")} />
    </>
  );
}
