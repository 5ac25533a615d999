import Link from "next/link";
import { Timestamp } from "@/components/time/timestamp";
import { TableCell, TableRow } from "@/components/ui/table";
import { UserText } from "@/components/ui/user-text";
import type { OrganizationSummary } from "@/schemas/organizations/organization";

interface OrganizationRowProps {
  readonly organization: OrganizationSummary;
  readonly href: string;
}

/** One organization. Clicking anywhere in the row opens it. */
export function OrganizationRow({ organization, href }: OrganizationRowProps) {
  const { id, name, externalId, domains, createdAt, lastEventAt, events } = organization;
  return (
    <TableRow className="grid-cols-[minmax(0,1fr)_auto] hover:bg-hover">
      <TableCell className="max-md:col-span-2">
        <Link
          href={href}
          className="block rounded-sm font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <UserText>{name}</UserText>
        </Link>
        <UserText className="text-xs text-faint">{externalId === null ? id : `${id} · ${externalId}`}</UserText>
      </TableCell>
      <TableCell className="max-md:col-span-2">
        <UserText className={domains.length > 0 ? "text-muted max-md:text-xs" : "text-faint max-md:hidden"}>
          {domainsLabel(domains)}
        </UserText>
      </TableCell>
      <TableCell className="text-muted max-md:text-xs">
        {lastEventAt ? (
          <Timestamp time={lastEventAt} layout="stacked" />
        ) : (
          <span className="text-faint">No events yet</span>
        )}
      </TableCell>
      <TableCell className="text-muted tabular-nums max-md:text-right max-md:text-xs">
        {lastEventAt && (
          <>
            {`${events.count.toLocaleString("en-US")}${events.capped ? "+" : ""}`}
            {/* The column headings are hidden on narrow screens. */}
            <span className="md:hidden">{events.count === 1 ? " event" : " events"}</span>
          </>
        )}
      </TableCell>
      <TableCell className="text-muted max-md:hidden">
        <Timestamp time={createdAt} layout="day" />
      </TableCell>
    </TableRow>
  );
}

function domainsLabel(domains: readonly string[]): string {
  if (domains.length === 0) return "—";
  const shown = domains.slice(0, 2).join(", ");
  return domains.length > 2 ? `${shown} +${domains.length - 2}` : shown;
}
