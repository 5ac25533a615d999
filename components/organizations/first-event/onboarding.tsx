"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/context";
import { Select } from "@/components/ui/forms/select";
import { roleAllows, type Role } from "@/schemas/team/roles";
import { FirstEvent } from "./first-event";
import { FirstOrganization } from "./first-organization";
import { useFirstEvent } from "./use-first-event";

const LOOK_AGAIN = 3_000;

interface OnboardingProps {
  readonly environmentId: string;
  readonly role: Role;
}

/**
 * In an environment without events: the first organization, and then the code that sends its first event, which leads
 * to the page where it is. In any other nothing.
 */
export function Onboarding({ environmentId, role }: OnboardingProps) {
  const trpc = useTRPC();
  const { isAwaited } = useFirstEvent(environmentId);
  // The same question as the list below asks, so it is asked once.
  const list = useInfiniteQuery({
    ...trpc.organizations.list.infiniteQueryOptions(
      { search: "" },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    // A backend, too, can make the first one.
    refetchInterval: ({ state }) => (state.data?.pages[0]?.items.length === 0 ? LOOK_AGAIN : false),
  });
  const organizations = list.data?.pages.flatMap((page) => page.items) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const organization = organizations.find(({ id }) => id === chosen) ?? organizations[0];
  const [isMade, setIsMade] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const hasGoneOn = isMade && organization !== undefined;
  // The form that had the focus is gone then.
  useEffect(() => {
    if (hasGoneOn) heading.current?.focus();
  }, [hasGoneOn]);

  if (!list.data) return null;
  if (!organization) return <FirstOrganization role={role} onCreated={() => setIsMade(true)} />;
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
