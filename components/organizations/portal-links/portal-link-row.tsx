"use client";

import { Timestamp } from "@/components/time/timestamp";
import { Badge } from "@/components/ui/badge";
import { UserText } from "@/components/ui/user-text";
import { TableCell, TableRow } from "@/components/ui/table";
import type { PortalLinkState, PortalLinkView } from "@/schemas/portal/portal-link";
import { EndAccess } from "./end-access";

interface PortalLinkRowProps {
  readonly link: PortalLinkView;
  readonly organizationId: string;
  readonly canShare: boolean;
}

const states: Record<PortalLinkState, { readonly label: string; readonly tone: "accent" | "positive" | "neutral" }> = {
  unused: { label: "Unused", tone: "accent" },
  opened: { label: "Opened", tone: "positive" },
  expired: { label: "Expired", tone: "neutral" },
  revoked: { label: "Revoked", tone: "neutral" },
};

/** One link: what became of it, and how to put an end to it while there is something to end. */
export function PortalLinkRow({ link, organizationId, canShare }: PortalLinkRowProps) {
  const { label, tone } = states[link.state];
  const { verb, moment } = momentOf(link);
  return (
    <TableRow className="gap-y-2 py-3 md:items-start">
      <TableCell>
        <Badge tone={tone}>{label}</Badge>
        <p className="mt-1 text-xs text-muted">
          {verb} <Timestamp time={moment} />
        </p>
      </TableCell>
      <TableCell>
        <UserText>{link.createdBy.name}</UserText>
        <p className="text-xs text-faint">
          <Timestamp time={link.createdAt} />
        </p>
      </TableCell>
      <TableCell className={link.session ? undefined : "text-faint max-md:hidden"}>
        {link.session ? (
          <>
            Active
            <p className="text-xs text-muted">
              Until <Timestamp time={link.session.expiresAt} />
            </p>
          </>
        ) : link.openedAt ? (
          "Over"
        ) : (
          "None"
        )}
      </TableCell>
      <TableCell className="flex flex-wrap gap-2 md:justify-end">
        {canShare && link.session && (
          <EndAccess act="endSession" organizationId={organizationId} id={link.session.id} link={link} />
        )}
        {canShare && (link.state === "unused" || link.session) && (
          <EndAccess act="revoke" organizationId={organizationId} id={link.id} link={link} />
        )}
      </TableCell>
    </TableRow>
  );
}

function momentOf(link: PortalLinkView): { readonly verb: string; readonly moment: Date } {
  if (link.revokedAt) return { verb: "On", moment: link.revokedAt };
  if (link.openedAt) return { verb: "On", moment: link.openedAt };
  return { verb: link.state === "unused" ? "Until" : "On", moment: link.expiresAt };
}
