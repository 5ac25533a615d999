import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { RejectedEventList } from "@/components/rejected-events/rejected-event-list";
import { PageHeader } from "@/components/shell/page-header";

export const metadata: Metadata = { title: "Rejected events" };

export default async function RejectedEventsPage({ params }: PageProps<"/dashboard/[environmentId]/rejected-events">) {
  const { environmentId } = await params;
  await requireStaff(environmentId, `/dashboard/${environmentId}/rejected-events`);
  return (
    <>
      <PageHeader title="Rejected events">Events that were refused in the last seven days, and why.</PageHeader>
      <RejectedEventList />
    </>
  );
}
