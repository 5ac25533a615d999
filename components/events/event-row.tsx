"use client";

import clsx from "clsx";
import type { RefCallback } from "react";
import { ForeignText } from "@/components/ui/foreign-text";
import { TableCell, TableRow } from "@/components/ui/table";
import { Timestamp } from "@/components/time/timestamp";
import type { Zone } from "@/components/time/zone";
import type { AuditLogEvent } from "@/schemas/event";
import { actorLine, partyName, targetLine } from "./event-words";

interface EventRowProps {
  readonly event: AuditLogEvent;
  readonly zone: Zone;
  /** Where the row is: its place among all, and its distance from the top of the table's body in pixels. */
  readonly index: number;
  readonly top: number;
  /** Told the row's element, whose height is as its texts need it. */
  readonly measure: RefCallback<HTMLElement>;
  /** The one row that the Tab key reaches; arrows move on from there. */
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** One event. A click anywhere opens it, unless text was being selected; the action is the button for everyone else. */
export function EventRow({ event, zone, index, top, measure, isCurrent, isOpen, onOpen }: EventRowProps) {
  return (
    <TableRow
      ref={measure}
      data-event={event.id}
      aria-rowindex={index + 2}
      style={{ top }}
      onClick={() => document.getSelection()?.isCollapsed !== false && onOpen()}
      className={clsx(
        "absolute! inset-x-0 scroll-mt-16 scroll-mb-4 cursor-pointer grid-cols-[minmax(0,1fr)_auto] border-b-0 hover:bg-hover",
        index > 0 && "border-t",
        isOpen && "bg-selected",
      )}
    >
      <TableCell className="max-[24rem]:col-span-2">
        <ForeignText className="font-medium">{partyName(event.actor)}</ForeignText>
        <ForeignText className="text-xs text-faint">{actorLine(event)}</ForeignText>
      </TableCell>
      <TableCell className="max-md:col-span-2 min-[24rem]:max-md:row-start-2">
        <button
          type="button"
          tabIndex={isCurrent ? 0 : -1}
          aria-haspopup="dialog"
          onClick={(click) => {
            click.stopPropagation();
            onOpen();
          }}
          className="block max-w-full rounded-sm text-left font-mono text-xs leading-5"
        >
          <ForeignText>{event.action}</ForeignText>
        </button>
        <ForeignText className="text-xs text-faint">{targetLine(event)}</ForeignText>
      </TableCell>
      <TableCell className="max-[24rem]:col-span-2 max-md:self-start max-md:text-xs max-md:text-muted min-[24rem]:max-md:text-right">
        <Timestamp moment={event.occurredAt} zone={zone} look="stacked" />
      </TableCell>
    </TableRow>
  );
}
