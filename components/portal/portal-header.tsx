"use client";

import { ArrowLeft, Ellipsis } from "lucide-react";
import { buttonStyle } from "@/components/ui/button";
import { lazy } from "@/components/ui/lazy";
import { Menu } from "@/components/ui/overlays/menu";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import { SessionClock } from "./session-clock";
import { VendorName } from "./vendor-name";

const PortalMenuItems = lazy(() => import("./portal-menu-items"));

interface PortalHeaderProps {
  readonly branding: PortalBranding;
  readonly expiresAt: Date;
  readonly returnUrl: string | null;
}

/** Shows the vendor and the remaining session time, and leads back to the vendor or out of the session. */
export function PortalHeader({ branding, expiresAt, returnUrl }: PortalHeaderProps) {
  return (
    <header className="border-b bg-surface">
      {/* The accent exactly as chosen. Text uses a readable shade. */}
      {branding.accent !== null && <div className="h-1" style={{ backgroundColor: branding.accent }} />}
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-3 px-4 sm:px-6">
        <VendorName branding={branding} />
        <div className="ml-auto flex shrink-0 items-center gap-3">
          <span className="hidden sm:block">
            <SessionClock expiresAt={expiresAt} />
          </span>
          {returnUrl && (
            <a href={returnUrl} className={buttonStyle()} title={`Back to ${branding.name}`}>
              <ArrowLeft aria-hidden />
              <span>
                Back<span className="sr-only"> to {branding.name}</span>
              </span>
            </a>
          )}
          <Menu
            align="end"
            triggerLabel="Menu"
            triggerClassName={buttonStyle("quiet", "icon")}
            trigger={<Ellipsis aria-hidden />}
            onPreload={PortalMenuItems.preload}
          >
            <p className="px-2 py-1.5 sm:hidden">
              <SessionClock expiresAt={expiresAt} />
            </p>
            <PortalMenuItems returnUrl={returnUrl} />
          </Menu>
        </div>
      </div>
    </header>
  );
}
