"use client";

import { ArrowUp } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";

/** Milliseconds between announcements to screen readers. */
const ANNOUNCE_INTERVAL = 5_000;

interface NewEventsButtonProps {
  /** Number of new events that are shown. */
  readonly arrived: number;
  /** Number of new events that are held back. */
  readonly waiting: number;
  /** Whether more than `waiting` are held back. */
  readonly isMore: boolean;
  readonly onResume: () => void;
}

/** Floats above the list while new events are held back, and scrolls to them. Announces new events to screen readers. */
export default function NewEventsButton({ arrived, waiting, isMore, onResume }: NewEventsButtonProps) {
  const label = `${waiting.toLocaleString("en-US")}${isMore ? "+" : ""} new ${waiting === 1 ? "event" : "events"}`;
  return (
    <div className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center lg:top-4">
      {waiting > 0 && (
        <Button
          tone="primary"
          className="pointer-events-auto animate-appear rounded-full! shadow-popover"
          onClick={onResume}
        >
          <ArrowUp aria-hidden />
          {label}
        </Button>
      )}
      <NewEventsAnnouncer arrived={arrived + waiting} />
    </div>
  );
}

function NewEventsAnnouncer({ arrived }: { readonly arrived: number }) {
  const [announced, setAnnounced] = useState({ total: arrived, added: 0 });
  const announce = useEffectEvent(() => {
    // Loading the list again resets the count to 0.
    if (arrived !== announced.total) setAnnounced({ total: arrived, added: Math.max(arrived - announced.total, 0) });
  });
  useEffect(() => {
    const timer = setInterval(announce, ANNOUNCE_INTERVAL);
    return () => clearInterval(timer);
  }, []);
  return (
    <span role="status" className="sr-only">
      {announced.added > 0 && `${announced.added} new ${announced.added === 1 ? "event" : "events"}`}
    </span>
  );
}
