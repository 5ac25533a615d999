import type { Metadata } from "next";
import { findOpenPortal, logoIcon } from "@/app/portal/portal-session";
import { FollowedExports } from "@/components/exports/followed-exports";
import { ExportButton } from "@/components/portal/export-button";
import { PortalFrame } from "@/components/portal/portal-frame";
import { PortalHome } from "@/components/portal/portal-home";
import { ApiProvider } from "@/components/trpc/api-provider";
import { portalPath } from "@/server/auth/portal-session";

type Props = LayoutProps<"/portal/[session]">;

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const branding = (await findOpenPortal((await params).session))?.branding ?? null;
  const vendor = branding?.name ?? "Portal";
  return { title: { default: vendor, template: `%s · ${vendor}` }, ...logoIcon(branding) };
}

/**
 * The frame around the portal pages. Each page itself requires the session that the URL names. Another session has another
 * URL and thus another frame and API client, so that no tab ever shows one organization's data below another's name.
 */
export default async function PortalLayout({ params, children }: Props) {
  const { session } = await params;
  const scope = await findOpenPortal(session);
  if (!scope) return children;
  const organization = { id: scope.organization.id, name: scope.organization.name };
  const home = portalPath(scope);
  return (
    <ApiProvider url="/api/portal" key={session} portalSession={session}>
      <FollowedExports exportsHref={`${home}/exports`} storedAs={`/portal/exports:${organization.id}`}>
        <PortalHome value={home}>
          <PortalFrame
            branding={scope.branding}
            organization={organization}
            home={home}
            expiresAt={scope.session.expiresAt}
            returnUrl={scope.session.returnUrl}
            actions={<ExportButton organization={organization} exportsHref={`${home}/exports`} />}
          >
            {children}
          </PortalFrame>
        </PortalHome>
      </FollowedExports>
    </ApiProvider>
  );
}
