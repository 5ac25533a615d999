import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { SchemaEditor } from "@/components/event-schemas/editor/schema-editor";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { PageHeader } from "@/components/shell/page-header";
import { WrappedUserText } from "@/components/ui/user-text";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Edit event schema" };

export default async function EditSchemaPage({
  params,
  searchParams,
}: PageProps<"/dashboard/[environmentId]/event-schemas/edit">) {
  const { environmentId } = await params;
  const url = await urlWithQuery(`/dashboard/${environmentId}/event-schemas/edit`, searchParams);
  const { member } = await requireStaff(environmentId, url);
  const [name = ""] = [(await searchParams)["name"]].flat();
  const { list, newAction, action, edit } = schemaUrls(environmentId);
  const parent = { href: list, label: "Event schemas" };
  return (
    <>
      <PageHeader
        trail={
          name === ""
            ? [parent, { href: newAction, label: "New action" }]
            : [parent, { href: action(name), label: name }, { href: edit(name), label: "New version" }]
        }
        title={name === "" ? "New action" : "New schema version"}
      >
        {name === "" ? (
          "Name the action and describe its events."
        ) : (
          <WrappedUserText className="font-mono text-xs">{name}</WrappedUserText>
        )}
      </PageHeader>
      {roleAllows(member.role, "admin") ? (
        <SchemaEditor key={name} environmentId={environmentId} name={name === "" ? null : name} />
      ) : (
        <p className="text-muted">Only admins and owners can create schemas.</p>
      )}
    </>
  );
}
