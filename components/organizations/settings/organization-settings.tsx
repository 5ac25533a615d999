"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Skeleton } from "@/components/ui/skeleton";
import { SettingsSection } from "@/components/settings/settings-section";
import { DeleteOrganization } from "./delete-organization";
import { DetailsForm } from "./details-form";
import { RetentionForm } from "./retention-form";

interface OrganizationSettingsProps {
  readonly environmentId: string;
  readonly organizationId: string;
  /** Why this member may not change anything here, or null. */
  readonly refusal: string | null;
}

/** What an organization is called, how long its events are kept, and its end. */
export function OrganizationSettings({ environmentId, organizationId, refusal }: OrganizationSettingsProps) {
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
      {refusal && <p className="pb-6 text-muted">{refusal}</p>}
      <SettingsSection title="Details" description="What the organization is called here and in your own system.">
        <DetailsForm organization={organization.data} isReadOnly={refusal !== null} />
      </SettingsSection>
      <SettingsSection
        title="Retention"
        description="Events older than this are deleted for good in the following night."
      >
        <RetentionForm organizationId={organizationId} days={retention.data.days} isReadOnly={refusal !== null} />
      </SettingsSection>
      {refusal === null && (
        <SettingsSection
          title="Delete organization"
          description="Takes the organization and all that belongs to it away."
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
