"use client";

import Link from "next/link";
import { Timestamp } from "@/components/time/timestamp";
import type { Zone } from "@/components/time/zone";
import { UserText } from "@/components/ui/user-text";
import { TableCell, TableRow } from "@/components/ui/table";
import type { ActivityEntry } from "@/schemas/activity/activity";
import { entryLabels } from "./activity-labels";

interface ActivityRowProps {
  readonly entry: ActivityEntry;
  readonly zone: Zone;
  readonly environmentHref: string;
}

const ACTOR_TYPES: Readonly<Record<string, string>> = {
  user: "Member",
  api_key: "API key",
  portal_session: "Customer",
  system: "Trailport",
};

/** One thing that somebody did. */
export function ActivityRow({ entry, zone, environmentHref }: ActivityRowProps) {
  const { actor, organization, occurredAt, details } = entry;
  const { deed, object } = entryLabels(entry);
  const organizationHref = organization && `${environmentHref}/organizations/${organization.id}`;
  const eventHref =
    entry.action === "event.viewed" && organizationHref && typeof details["eventId"] === "string"
      ? `${organizationHref}?event=${encodeURIComponent(details["eventId"])}`
      : null;
  return (
    <TableRow className="max-md:py-3">
      <TableCell>
        <UserText className="font-medium">{actor.name}</UserText>
        <span className="text-xs text-faint">{ACTOR_TYPES[actor.type] ?? actor.type}</span>
      </TableCell>
      <TableCell>
        {eventHref ? (
          <Link href={eventHref} className="hover:underline">
            {deed}
          </Link>
        ) : (
          deed
        )}
        {object !== "" && <UserText className="text-xs text-muted">{object}</UserText>}
      </TableCell>
      <TableCell className="text-muted">
        {organization &&
          (organizationHref && !organization.deleted ? (
            <Link href={organizationHref} className="block hover:text-ink hover:underline">
              <UserText>{organization.name}</UserText>
            </Link>
          ) : (
            <UserText className="line-through">{organization.name}</UserText>
          ))}
      </TableCell>
      <TableCell className="text-muted max-md:text-xs">
        <Timestamp time={occurredAt} zone={zone} look="stacked" />
      </TableCell>
    </TableRow>
  );
}
