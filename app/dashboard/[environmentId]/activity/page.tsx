import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { ActivityList } from "@/components/activity/activity-list";
import { PageHeader } from "@/components/shell/page-header";

export const metadata: Metadata = { title: "Activity" };

type Props = PageProps<"/dashboard/[environmentId]/activity">;

export default async function ActivityPage({ params, searchParams }: Props) {
  const { environmentId } = await params;
  const environmentHref = `/dashboard/${environmentId}`;
  await requireStaff(environmentId, await urlWithQuery(`${environmentHref}/activity`, searchParams));
  return (
    <>
      <PageHeader title="Activity">
        Everything your team, API keys and portal visitors did in this environment, plus workspace-wide changes.
      </PageHeader>
      <ActivityList environmentHref={environmentHref} />
    </>
  );
}
