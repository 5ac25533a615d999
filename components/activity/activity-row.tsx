"use client";

import Link from "next/link";
import { Timestamp } from "@/components/time/timestamp";
import type { Zone } from "@/components/time/zone";
import { TableCell, TableRow } from "@/components/ui/table";
import { UserText } from "@/components/ui/user-text";
import type { ActivityEntry } from "@/schemas/activity/activity";
import { describeEntry } from "./activity-labels";

interface ActivityRowProps {
  readonly entry: ActivityEntry;
  readonly zone: Zone;
  readonly environmentHref: string;
}

const ACTOR_TYPES: Readonly<Record<string, string>> = {
  user: "Staff",
  api_key: "API key",
  portal_session: "Portal visitor",
  system: "System",
};

/** One entry of the activity list. */
export function ActivityRow({ entry, zone, environmentHref }: ActivityRowProps) {
  const { actor, organization, occurredAt, details } = entry;
  const { summary, object } = describeEntry(entry);
  const organizationUrl = organization && `${environmentHref}/organizations/${organization.id}`;
  const eventUrl =
    entry.action === "event.viewed" && organizationUrl && typeof details["eventId"] === "string"
      ? `${organizationUrl}?event=${encodeURIComponent(details["eventId"])}`
      : null;
  return (
    <TableRow className="max-md:py-3">
      <TableCell>
        <UserText className="font-medium">{actor.name}</UserText>
        <span className="text-xs text-faint">{ACTOR_TYPES[actor.type] ?? actor.type}</span>
      </TableCell>
      <TableCell>
        {eventUrl ? (
          <Link href={eventUrl} className="hover:underline">
            {summary}
          </Link>
        ) : (
          summary
        )}
        {object !== "" && <UserText className="text-xs text-muted">{object}</UserText>}
      </TableCell>
      <TableCell className="text-muted">
        {organization &&
          (organizationUrl && !organization.deleted ? (
            <Link href={organizationUrl} className="block hover:text-ink hover:underline">
              <UserText>{organization.name}</UserText>
            </Link>
          ) : (
            <UserText className="line-through">{organization.name}</UserText>
          ))}
      </TableCell>
      <TableCell className="text-muted max-md:text-xs">
        <Timestamp time={occurredAt} zone={zone} layout="stacked" />
      </TableCell>
    </TableRow>
  );
}
