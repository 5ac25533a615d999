"use client";

import { Timestamp } from "@/components/time/timestamp";
import { Badge } from "@/components/ui/badge";
import { TableCell, TableRow } from "@/components/ui/table";
import { UserText } from "@/components/ui/user-text";
import type { PortalLinkState, PortalLinkView } from "@/schemas/portal/portal-link";
import { EndAccess } from "./end-access";

interface PortalLinkRowProps {
  readonly link: PortalLinkView;
  readonly organizationId: string;
  readonly canShare: boolean;
}

const BADGES: Record<PortalLinkState, { readonly label: string; readonly tone: "accent" | "positive" | "neutral" }> = {
  unused: { label: "Unused", tone: "accent" },
  opened: { label: "Opened", tone: "positive" },
  expired: { label: "Expired", tone: "neutral" },
  revoked: { label: "Revoked", tone: "neutral" },
};

/**
 * One portal link with its state, the time of its last change, and its session. Members can end access while the link or
 * its session still works.
 */
export function PortalLinkRow({ link, organizationId, canShare }: PortalLinkRowProps) {
  const { label, tone } = BADGES[link.state];
  return (
    <TableRow className="gap-y-2 py-3 md:items-start">
      <TableCell>
        <Badge tone={tone}>{label}</Badge>
        <p className="mt-1 text-xs text-muted">
          {link.state === "unused" && "Expires "}
          <Timestamp time={link.revokedAt ?? link.openedAt ?? link.expiresAt} />
        </p>
      </TableCell>
      <TableCell>
        <UserText>{link.createdBy.name}</UserText>
        {link.externalUserId !== null && (
          <p className="flex gap-1 text-xs text-muted">
            For <UserText>{link.externalUserId}</UserText>
          </p>
        )}
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
          "Ended"
        ) : (
          "—"
        )}
      </TableCell>
      <TableCell className="md:text-right">
        {canShare && (link.state === "unused" || link.session) && (
          <EndAccess organizationId={organizationId} link={link} />
        )}
      </TableCell>
    </TableRow>
  );
}
