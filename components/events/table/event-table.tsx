"use client";

import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Table } from "@/components/ui/table";
import type { Zone } from "@/components/time/zone";
import type { AuditLogEvent } from "@/schemas/events/event";
import { EventRow, OPENER } from "./event-row";
import { useRowKeys } from "./use-row-keys";
import { useRowWindow } from "./use-row-window";

interface EventTableProps {
  readonly events: readonly AuditLogEvent[];
  /** Whether these are all matching events. */
  readonly isComplete: boolean;
  readonly zone: Zone;
  readonly openId: string | null;
  readonly onOpen: (eventId: string) => void;
}

/**
 * Renders only the rows near the viewport, however many events there are. The current row is the table's only Tab stop,
 * always stays rendered, and moves with the keys.
 */
export default function EventTable({ events, isComplete, zone, openId, onOpen }: EventTableProps) {
  const container = useRef<HTMLDivElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  // Stepping through events in the drawer moves the current row along.
  if (openId !== null && openId !== currentId) setCurrentId(openId);
  const at = Math.max(
    events.findIndex((event) => event.id === currentId),
    0,
  );
  const current = events[at];
  const { rows, body, measure } = useRowWindow({ keys: events.map((event) => event.id), pinned: at });

  const open = (eventId: string) => {
    setCurrentId(eventId);
    onOpen(eventId);
  };
  useRowKeys({
    container,
    onOpen: () => current && open(current.id),
    onStep: (step) => {
      const startsHere = currentId === null && !container.current?.contains(document.activeElement);
      const next = events[startsHere ? 0 : at + step];
      if (!next) return;
      // The row must be rendered before it can get the focus.
      flushSync(() => setCurrentId(next.id));
      const row = container.current?.querySelector(`[data-event="${CSS.escape(next.id)}"]`);
      row?.querySelector<HTMLElement>(OPENER)?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: "nearest" });
    },
  });
  return (
    <div ref={container}>
      <Table
        label="Events"
        columns={["Actor", "Action", "Date and time"]}
        rowCount={isComplete ? events.length + 1 : -1}
        body={body}
        className="[--cols:minmax(0,1fr)_minmax(0,1.25fr)_10.5rem]"
      >
        {rows.map(({ index, start }) => {
          const event = events[index];
          return (
            event && (
              <EventRow
                key={event.id}
                event={event}
                zone={zone}
                index={index}
                top={start}
                measure={measure}
                isCurrent={event.id === current?.id}
                isOpen={event.id === openId}
                onOpen={() => open(event.id)}
              />
            )
          );
        })}
      </Table>
    </div>
  );
}
