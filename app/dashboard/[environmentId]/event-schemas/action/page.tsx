import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { addressOf } from "@/app/dashboard/url-with-query";
import { requireStaff } from "@/app/dashboard/staff";
import { ActionDetail } from "@/components/event-schemas/action-detail";
import { schemaAddresses } from "@/components/event-schemas/schema-urls";
import { PageHeader } from "@/components/shell/page-header";
import { WrappedForeignText } from "@/components/ui/user-text";
import { roleAllows } from "@/schemas/team/roles";

type Props = PageProps<"/dashboard/[environmentId]/event-schemas/action">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: [(await searchParams)["name"]].flat()[0] ?? "Action" };
}

export default async function ActionPage({ params, searchParams }: Props) {
  const { environmentId } = await params;
  const address = await addressOf(`/dashboard/${environmentId}/event-schemas/action`, searchParams);
  const { member } = await requireStaff(environmentId, address);
  const [name = ""] = [(await searchParams)["name"]].flat();
  if (name === "") notFound();
  const { list, action } = schemaAddresses(environmentId);
  return (
    <>
      <PageHeader
        trail={[
          { href: list, label: "Event schemas" },
          { href: action(name), label: name },
        ]}
        title={<WrappedForeignText className="line-clamp-4">{name}</WrappedForeignText>}
      />
      <ActionDetail key={name} environmentId={environmentId} name={name} canManage={roleAllows(member.role, "admin")} />
    </>
  );
}
