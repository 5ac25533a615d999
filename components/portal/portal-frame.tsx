import type { ReactNode } from "react";
import { NavTabs } from "@/components/ui/nav-tabs";
import { SkipLink } from "@/components/ui/skip-link";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import { PortalAccent } from "./portal-accent";
import { PortalHeader } from "./portal-header";
import { SessionNotice } from "./session-notice";

interface PortalFrameProps {
  readonly branding: PortalBranding;
  readonly organization: { readonly id: string; readonly name: string };
  /** Path of the session's first page. */
  readonly home: string;
  readonly expiresAt: Date;
  readonly returnUrl: string | null;
  /** Shown next to the organization's name. */
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/** The frame around portal pages: the vendor on top, then the organization and the tabs. */
export function PortalFrame({ branding, organization, home, ...rest }: PortalFrameProps) {
  const { expiresAt, returnUrl, actions, children } = rest;
  return (
    <div className="flex min-h-dvh flex-col">
      <PortalAccent accent={branding.accent} />
      <SkipLink />
      <PortalHeader branding={branding} expiresAt={expiresAt} returnUrl={returnUrl} />
      <SessionNotice vendorName={branding.name} expiresAt={expiresAt} returnUrl={returnUrl} />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl grow px-4 py-6 outline-none sm:px-6 lg:py-8">
        <div className="mb-5 flex flex-wrap items-start justify-between gap-4">
          <div className="min-w-0 grow basis-60">
            <h1 className="text-xl font-semibold tracking-[-0.02em]">Audit log</h1>
            <p className="mt-1 text-muted">
              Audit log of <bdi className="font-medium text-ink wrap-anywhere">{organization.name}</bdi>, provided by{" "}
              <bdi className="wrap-anywhere">{branding.name}</bdi>
            </p>
          </div>
          {actions}
        </div>
        <div className="mb-6">
          <NavTabs
            label="Portal"
            tabs={[
              { href: home, label: "Audit log" },
              { href: `${home}/exports`, label: "Exports" },
            ]}
          />
        </div>
        {children}
      </main>
      <footer className="px-6 py-6 text-center text-xs text-faint">Powered by Trailport</footer>
    </div>
  );
}
