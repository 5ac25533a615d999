import Link from "next/link";
import { Timestamp } from "@/components/time/timestamp";
import { Badge } from "@/components/ui/badge";
import { TableCell, TableRow } from "@/components/ui/table";
import { UserText } from "@/components/ui/user-text";
import type { ListedAction } from "@/schemas/event-schemas/action-list";

interface ActionRowProps {
  readonly action: ListedAction;
  readonly href: string;
}

/** One action. Clicking anywhere in the row opens it. */
export function ActionRow({ action: { name, version, createdAt }, href }: ActionRowProps) {
  return (
    <TableRow className="grid-cols-[minmax(0,1fr)_auto] hover:bg-hover">
      <TableCell>
        <Link
          href={href}
          className="block rounded-sm font-mono text-xs font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <UserText>{name}</UserText>
        </Link>
      </TableCell>
      <TableCell>
        {version === null ? <Badge tone="caution">No schema yet</Badge> : <Badge>Version {version}</Badge>}
      </TableCell>
      <TableCell className="text-muted max-md:hidden">
        <Timestamp time={createdAt} layout="day" />
      </TableCell>
    </TableRow>
  );
}
