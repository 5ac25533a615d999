"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Skeleton } from "@/components/ui/skeleton";
import { BrandingForm } from "./branding-form";
import { BrandingPreview } from "./branding-preview";
import { SettingsSection } from "./settings-section";

/** How the portal shows customers whose it is: name, logo and accent, the same in all environments. */
export function PortalBranding({ canManage }: { readonly canManage: boolean }) {
  const trpc = useTRPC();
  const branding = useQuery(trpc.portalBranding.current.queryOptions());
  if (branding.error && !branding.data)
    return <ProblemNotice what="settings" error={branding.error} onRetry={() => void branding.refetch()} />;
  return (
    <SettingsSection
      title="Portal branding"
      description="What your customers see of you in the portal: on a link's page, and around their audit logs. The same in every environment."
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
