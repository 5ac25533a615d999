"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Skeleton } from "@/components/ui/skeleton";
import { BrandingForm } from "./branding-form";
import { BrandingPreview } from "./branding-preview";
import { SettingsSection } from "./settings-section";

/** The name, logo and accent color of the customer portal, which all environments share. */
export function PortalBranding({ canManage }: { readonly canManage: boolean }) {
  const trpc = useTRPC();
  const branding = useQuery(trpc.portalBranding.current.queryOptions());
  if (branding.error && !branding.data)
    return <ProblemNotice what="settings" error={branding.error} onRetry={() => void branding.refetch()} />;
  return (
    <SettingsSection
      title="Portal branding"
      description="Your name, logo and color in the customer portal. Shared by all environments."
    >
      {!branding.data ? (
        <Skeleton />
      ) : canManage ? (
        <BrandingForm initial={branding.data} />
      ) : (
        <BrandingPreview branding={branding.data} />
      )}
    </SettingsSection>
  );
}
