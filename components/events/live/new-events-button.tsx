"use client";

import { ArrowUp } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";

/** How often at most a screen reader is told. */
const TELL_EVERY = 5_000;

interface NewEventsButtonProps {
  /** How many have been shown, and how many wait. */
  readonly arrived: number;
  readonly waiting: number;
  /** Whether more wait than that. */
  readonly isMore: boolean;
  readonly onResume: () => void;
}

/** Over a list that was scrolled: how many events have come in meanwhile, and the way to them. */
export function NewEventsButton({ arrived, waiting, isMore, onResume }: NewEventsButtonProps) {
  const words = `${waiting.toLocaleString("en-US")}${isMore ? "+" : ""} new ${waiting === 1 ? "event" : "events"}`;
  return (
    <div className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center lg:top-4">
      {waiting > 0 && (
        <Button
          tone="primary"
          className="pointer-events-auto animate-appear rounded-full! shadow-popover"
          onClick={onResume}
        >
          <ArrowUp aria-hidden />
          {words}
        </Button>
      )}
      <Announcement arrived={arrived + waiting} />
    </div>
  );
}

function Announcement({ arrived }: { readonly arrived: number }) {
  const [told, setTold] = useState({ upTo: arrived, news: 0 });
  const tell = useEffectEvent(() => {
    // After the list was read anew it begins at nothing again.
    if (arrived !== told.upTo) setTold({ upTo: arrived, news: Math.max(arrived - told.upTo, 0) });
  });
  useEffect(() => {
    const timer = setInterval(tell, TELL_EVERY);
    return () => clearInterval(timer);
  }, []);
  return (
    <span role="status" className="sr-only">
      {told.news > 0 && `${told.news} new ${told.news === 1 ? "event" : "events"}`}
    </span>
  );
}
