import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { AccountSettings } from "@/components/account/account-settings";
import { PageHeader } from "@/components/shell/page-header";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage({ params }: PageProps<"/dashboard/[environmentId]/account">) {
  const { environmentId } = await params;
  await requireStaff(environmentId, `/dashboard/${environmentId}/account`);
  return (
    <>
      <PageHeader title="Account">Your profile and sign-in.</PageHeader>
      <AccountSettings />
    </>
  );
}
