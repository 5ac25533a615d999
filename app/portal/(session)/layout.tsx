import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { findOpenPortal, logoIcon } from "@/app/portal/portal-session";
import { FollowedExports } from "@/components/exports/followed-exports";
import { ExportButton } from "@/components/portal/export-button";
import { PortalFrame } from "@/components/portal/portal-frame";
import { ApiProvider } from "@/components/trpc/api-provider";

export async function generateMetadata(): Promise<Metadata> {
  const branding = (await findOpenPortal())?.branding ?? null;
  const vendor = branding?.name ?? "Portal";
  return { title: { default: vendor, template: `%s · ${vendor}` }, ...logoIcon(branding) };
}

/** The frame around the portal pages. Each page itself requires a session. */
export default async function PortalLayout({ children }: LayoutProps<"/portal">) {
  const scope = await findOpenPortal();
  if (!scope) return children;
  const organization = { id: scope.organization.id, name: scope.organization.name };
  return (
    <ApiProvider url="/api/portal">
      <NuqsAdapter>
        <FollowedExports exportsHref="/portal/exports">
          <PortalFrame
            branding={scope.branding}
            organization={organization}
            expiresAt={scope.session.expiresAt}
            returnUrl={scope.session.returnUrl}
            actions={<ExportButton organization={organization} />}
          >
            {children}
          </PortalFrame>
        </FollowedExports>
      </NuqsAdapter>
    </ApiProvider>
  );
}
