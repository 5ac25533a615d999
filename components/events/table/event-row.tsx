"use client";

import clsx from "clsx";
import type { MouseEvent, RefCallback } from "react";
import { UserText } from "@/components/ui/user-text";
import { TableCell, TableRow } from "@/components/ui/table";
import { Timestamp } from "@/components/time/timestamp";
import type { Zone } from "@/components/time/zone";
import type { AuditLogEvent } from "@/schemas/events/event";
import { actorLine, partyName, targetLine } from "@/components/events/values/event-labels";
import { actorValues, targetValues } from "@/components/events/values/filterable-values";
import { ValueMenu } from "@/components/events/values/value-menu";

interface EventRowProps {
  readonly event: AuditLogEvent;
  readonly zone: Zone;
  /** Position among all rows. */
  readonly index: number;
  /** Distance from the top of the table body in pixels. */
  readonly top: number;
  /** Receives the row's element to measure its height. */
  readonly measure: RefCallback<HTMLElement>;
  /** Whether this is the row that the Tab key reaches. Arrow keys move on from it. */
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** The button in a row that opens its event. */
export const OPENER = "button[aria-haspopup=dialog]";

/**
 * Shows one event. A click anywhere on the row opens it, unless the click selected text; keyboard and screen reader users
 * open it with the action's button. Filterable values have a menu next to them, visible on hover and focus. Touch devices
 * have these menus only in the drawer.
 */
export function EventRow({ event, zone, index, top, measure, isCurrent, isOpen, onOpen }: EventRowProps) {
  const tabIndex = isCurrent ? 0 : -1;
  return (
    <TableRow
      ref={measure}
      data-event={event.id}
      aria-rowindex={index + 2}
      style={{ top }}
      onClick={(click) => isOnRow(click) && document.getSelection()?.isCollapsed !== false && onOpen()}
      className={clsx(
        "group/row absolute! inset-x-0 scroll-mt-16 scroll-mb-4 cursor-pointer grid-cols-[minmax(0,1fr)_auto] border-b-0 hover:bg-hover",
        index > 0 && "border-t",
        isOpen && "bg-selected",
      )}
    >
      <TableCell className="max-[24rem]:col-span-2">
        <div className="flex items-center gap-1">
          <UserText className="font-medium">{partyName(event.actor)}</UserText>
          <ValueMenu what="actor" values={actorValues(event.actor)} tabIndex={tabIndex} className={inRow} />
        </div>
        <UserText className="text-xs text-faint">{actorLine(event)}</UserText>
      </TableCell>
      <TableCell className="max-md:col-span-2 min-[24rem]:max-md:row-start-2">
        <div className="flex items-center gap-1">
          <button
            type="button"
            tabIndex={tabIndex}
            aria-haspopup="dialog"
            onClick={onOpen}
            className="block min-w-0 rounded-sm text-left font-mono text-xs leading-5"
          >
            <UserText>{event.action}</UserText>
          </button>
          <ValueMenu
            what="action"
            values={[{ field: "actions", value: event.action }]}
            tabIndex={tabIndex}
            className={inRow}
          />
        </div>
        {event.targets.length > 0 && (
          <div className="flex items-center gap-1">
            <UserText className="text-xs text-faint">{targetLine(event)}</UserText>
            <ValueMenu what="targets" values={targetValues(event.targets)} tabIndex={tabIndex} className={inRow} />
          </div>
        )}
      </TableCell>
      <TableCell className="max-[24rem]:col-span-2 max-md:self-start max-md:text-xs max-md:text-muted min-[24rem]:max-md:text-right">
        <Timestamp time={event.occurredAt} zone={zone} layout="stacked" />
      </TableCell>
    </TableRow>
  );
}

/** Keeps the menu within its line's height and hides it until hover or focus. */
const inRow =
  "-my-1 opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 [@media(hover:none)]:hidden";

/** Ignores clicks on the row's buttons and in their menus: React bubbles a portal's events to its parent component. */
function isOnRow({ target, currentTarget }: MouseEvent): boolean {
  return target instanceof Element && currentTarget.contains(target) && !target.closest("button");
}
