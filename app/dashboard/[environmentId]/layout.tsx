import { NuqsAdapter } from "nuqs/adapters/next/app";
import { FollowedExports } from "@/components/exports/followed-exports";
import { ApiProvider } from "@/components/trpc/api-provider";
import { Shell } from "@/components/shell/shell";
import { findStaff } from "@/app/dashboard/staff";

export default async function EnvironmentLayout({ params, children }: LayoutProps<"/dashboard/[environmentId]">) {
  const { environmentId } = await params;
  const staff = await findStaff(environmentId);
  if (!staff) return children;
  const { workspace, member, environments } = staff;
  return (
    <ApiProvider url="/api/trpc" key={environmentId} environmentId={environmentId}>
      <Shell workspace={workspace} member={member} environments={environments} environmentId={environmentId}>
        <NuqsAdapter>
          <FollowedExports exportsHref={`/dashboard/${environmentId}/exports`}>{children}</FollowedExports>
        </NuqsAdapter>
      </Shell>
    </ApiProvider>
  );
}
