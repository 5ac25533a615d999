"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { SettingsSection } from "@/components/settings/settings-section";
import { useTRPC } from "@/components/trpc/context";
import { Skeleton } from "@/components/ui/skeleton";
import { DeleteOrganization } from "./delete-organization";
import { DetailsForm } from "./details-form";
import { RetentionForm } from "./retention-form";

interface OrganizationSettingsProps {
  readonly environmentId: string;
  readonly organizationId: string;
  /** Why this member cannot change anything here, or null. */
  readonly deniedReason: string | null;
}

/** An organization's details, its retention, and deleting it. */
export function OrganizationSettings({ environmentId, organizationId, deniedReason }: OrganizationSettingsProps) {
  const trpc = useTRPC();
  const organization = useQuery(trpc.organizations.byId.queryOptions({ organizationId }));
  const retention = useQuery(trpc.organizations.retention.queryOptions({ organizationId }));
  const error = organization.error ?? retention.error;
  const retry = () => void Promise.all([organization.refetch(), retention.refetch()]);
  if (!organization.data || !retention.data) {
    if (error) return <ProblemNotice what="settings" error={error} onRetry={retry} />;
    return (
      <div role="status" aria-label="Loading settings" className="space-y-4 py-6">
        <Skeleton className="w-1/3" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  }
  return (
    <>
      {deniedReason && <p className="pb-6 text-muted">{deniedReason}</p>}
      <SettingsSection title="Details" description="Name, external ID and domains.">
        <DetailsForm organization={organization.data} isReadOnly={deniedReason !== null} />
      </SettingsSection>
      <SettingsSection title="Retention" description="Events older than this are permanently deleted every night.">
        <RetentionForm organizationId={organizationId} {...retention.data} isReadOnly={deniedReason !== null} />
      </SettingsSection>
      {deniedReason === null && (
        <SettingsSection
          title="Delete organization"
          description="Permanently delete this organization and all its data."
        >
          <DeleteOrganization
            organization={{ id: organizationId, name: organization.data.name }}
            listHref={`/dashboard/${environmentId}/organizations`}
          />
        </SettingsSection>
      )}
    </>
  );
}
