"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/context";
import { Select } from "@/components/ui/forms/select";
import { roleAllows, type Role } from "@/schemas/team/roles";
import { FirstEvent } from "./first-event";
import { FirstOrganization } from "./first-organization";
import { useFirstEvent } from "./use-first-event";

/** Milliseconds between polls. */
const POLL_INTERVAL = 3_000;

interface OnboardingProps {
  readonly environmentId: string;
  readonly role: Role;
}

/**
 * Guides through an environment without events: create an organization, then send its first event, which opens the
 * organization's page. Renders nothing once the environment has events.
 */
export function Onboarding({ environmentId, role }: OnboardingProps) {
  const trpc = useTRPC();
  const { isAwaited } = useFirstEvent(environmentId);
  // The same query as the list below, so both share one request.
  const list = useInfiniteQuery({
    ...trpc.organizations.list.infiniteQueryOptions(
      { search: "" },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    // The first organization can also be created through the API.
    refetchInterval: ({ state }) => (state.data?.pages[0]?.items.length === 0 ? POLL_INTERVAL : false),
  });
  const organizations = list.data?.pages.flatMap((page) => page.items) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const organization = organizations.find(({ id }) => id === chosen) ?? organizations[0];
  const [isCreated, setIsCreated] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const isSecondStep = isCreated && organization !== undefined;
  // The form that had the focus is gone, so the focus moves to the next heading.
  useEffect(() => {
    if (isSecondStep) heading.current?.focus();
  }, [isSecondStep]);

  if (!list.data) return null;
  if (!organization) return <FirstOrganization role={role} onCreated={() => setIsCreated(true)} />;
  if (!isAwaited) return null;
  return (
    <div className="mb-8">
      <FirstEvent
        environmentId={environmentId}
        organizationId={organization.id}
        canCreateKeys={roleAllows(role, "admin")}
        headingRef={heading}
      >
        {organizations.length > 1 && (
          <div className="mt-6 max-w-96">
            <Select
              label="Organization"
              value={organization.id}
              options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setChosen}
            />
          </div>
        )}
      </FirstEvent>
    </div>
  );
}
