import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { ActionDetail } from "@/components/event-schemas/action-detail";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { PageHeader } from "@/components/shell/page-header";
import { WrappedUserText } from "@/components/ui/user-text";
import { roleAllows } from "@/schemas/team/roles";

type Props = PageProps<"/dashboard/[environmentId]/event-schemas/action">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: [(await searchParams)["name"]].flat()[0] ?? "Action" };
}

export default async function ActionPage({ params, searchParams }: Props) {
  const { environmentId } = await params;
  const url = await urlWithQuery(`/dashboard/${environmentId}/event-schemas/action`, searchParams);
  const { member } = await requireStaff(environmentId, url);
  const [name = ""] = [(await searchParams)["name"]].flat();
  if (name === "") notFound();
  const { list, action } = schemaUrls(environmentId);
  return (
    <>
      <PageHeader
        trail={[
          { href: list, label: "Event schemas" },
          { href: action(name), label: name },
        ]}
        title={<WrappedUserText className="line-clamp-4">{name}</WrappedUserText>}
      />
      <ActionDetail key={name} environmentId={environmentId} name={name} canManage={roleAllows(member.role, "admin")} />
    </>
  );
}
