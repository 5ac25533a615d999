import { findStaff } from "@/app/dashboard/staff";
import { FollowedExports } from "@/components/exports/followed-exports";
import { Shell } from "@/components/shell/shell";
import { ApiProvider } from "@/components/trpc/api-provider";

export default async function EnvironmentLayout({ params, children }: LayoutProps<"/dashboard/[environmentId]">) {
  const { environmentId } = await params;
  const staff = await findStaff(environmentId);
  if (!staff) return children;
  const { workspace, member, environments, version, freeSpace } = staff;
  return (
    <ApiProvider url="/api/trpc" key={environmentId} environmentId={environmentId}>
      <Shell
        workspace={workspace}
        member={member}
        environments={environments}
        version={version}
        freeSpace={freeSpace}
        environmentId={environmentId}
      >
        <FollowedExports exportsHref={`/dashboard/${environmentId}/exports`}>{children}</FollowedExports>
      </Shell>
    </ApiProvider>
  );
}
