"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Link2 } from "lucide-react";
import { useState } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { CopyButton } from "@/components/ui/copy-button";
import { buttonStyle } from "@/components/ui/button";
import { Drawer } from "@/components/ui/overlays/drawer";
import { Skeleton } from "@/components/ui/skeleton";
import type { Zone } from "@/components/time/zone";
import type { AuditLogEvent } from "@/schemas/events/event";
import { EventDetails } from "./event-details";
import { OPENER } from "@/components/events/table/event-row";

interface EventDrawerProps {
  readonly organizationId: string;
  readonly eventId: string | null;
  /** The listed events. The drawer steps through them and shows their data at once. */
  readonly events: readonly AuditLogEvent[];
  readonly zone: Zone;
  readonly onChange: (eventId: string | null) => void;
}

/** Shows one event in full. A permalink opens it even if the list doesn't contain the event. */
export default function EventDrawer({ organizationId, eventId, events, zone, onChange }: EventDrawerProps) {
  const trpc = useTRPC();
  const at = events.findIndex((event) => event.id === eventId);
  const listed = events[at];
  const event = useQuery({
    ...trpc.events.byId.queryOptions({ organizationId, eventId: eventId ?? "" }),
    enabled: eventId !== null,
    // Listed data is shown at once, but the event is fetched anyway: the server records each view.
    ...(listed && { placeholderData: { ...listed, warnings: [] } }),
    staleTime: Infinity,
  });
  const next = at < 0 ? undefined : events[at + 1];
  const previous = at < 1 ? undefined : events[at - 1];
  const keys: Record<string, AuditLogEvent | undefined> = { j: next, k: previous };
  const step = (to: AuditLogEvent | undefined) => to && onChange(to.id);
  // On close, `eventId` is already null, so remember which row gets the focus back.
  const [lastId, setLastId] = useState(eventId);
  if (eventId !== null && eventId !== lastId) setLastId(eventId);

  return (
    <Drawer
      side="right"
      title="Event"
      open={eventId !== null}
      onOpenChange={(open) => !open && onChange(null)}
      onKeyDown={({ key, target, currentTarget, ctrlKey, metaKey, altKey }) => {
        if (ctrlKey || metaKey || altKey) return;
        // Ignore letters typed into a menu above the drawer.
        if (target instanceof Node && currentTarget.contains(target)) step(keys[key]);
      }}
      onCloseAutoFocus={(closing) => {
        const row = document.querySelector(`[data-event="${CSS.escape(lastId ?? "")}"] ${OPENER}`);
        if (!(row instanceof HTMLElement)) return;
        closing.preventDefault();
        row.focus();
      }}
      tools={
        <>
          <StepButton label="Newer event" icon={ArrowUp} to={previous} onStep={step} />
          <StepButton label="Older event" icon={ArrowDown} to={next} onStep={step} />
          <Permalink key={eventId} />
        </>
      }
    >
      {event.data ? (
        <EventDetails event={event.data} warnings={event.data.warnings} zone={zone} />
      ) : event.error ? (
        <div className="p-6">
          <ProblemNotice
            what="the event"
            error={event.error}
            onRetry={() => void event.refetch()}
            notFound="This event doesn’t exist or has been deleted."
          />
        </div>
      ) : (
        <div role="status" aria-label="Loading event" className="space-y-4 p-6">
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="w-1/3" />
          <Skeleton className="mt-8 h-40" />
        </div>
      )}
    </Drawer>
  );
}

interface StepButtonProps {
  readonly label: string;
  readonly icon: typeof ArrowUp;
  readonly to: AuditLogEvent | undefined;
  readonly onStep: (to: AuditLogEvent | undefined) => void;
}

function StepButton({ label, icon: Icon, to, onStep }: StepButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      // Not `disabled`: that would take the focus out of the drawer at the end of the list.
      aria-disabled={!to}
      className={buttonStyle("quiet", "icon")}
      onClick={() => onStep(to)}
    >
      <Icon aria-hidden />
    </button>
  );
}

/** Copies the page's URL, which contains the event's ID. */
function Permalink() {
  return <CopyButton text={() => location.href} label="Copy link" icon={Link2} className="size-8! [&_svg]:size-4!" />;
}
