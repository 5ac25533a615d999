import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { ApiKeyList } from "@/components/api-keys/api-key-list";
import { CreateApiKey } from "@/components/api-keys/create-api-key";
import { PageHeader } from "@/components/shell/page-header";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage({ params }: PageProps<"/dashboard/[environmentId]/api-keys">) {
  const { environmentId } = await params;
  const { member } = await requireStaff(environmentId, `/dashboard/${environmentId}/api-keys`);
  const canManage = roleAllows(member.role, "admin");
  return (
    <>
      <PageHeader title="API keys" actions={canManage && <CreateApiKey />}>
        {canManage
          ? "Keys let your backend and tools access this environment, as far as each key’s scopes allow."
          : "Only admins and owners can create or revoke keys."}
      </PageHeader>
      <ApiKeyList canManage={canManage} />
    </>
  );
}
