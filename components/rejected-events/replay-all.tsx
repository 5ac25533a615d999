"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { lazy } from "@/components/ui/lazy";
import { Dialog } from "@/components/ui/overlays/dialog";

const ReplayAllSteps = lazy(() => import("./replay-all-steps"));

/** The “Replay all” button and its dialog. */
export function ReplayAll() {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button ref={trigger} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Replay all…
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Replay rejected events" returnFocusTo={trigger}>
        <ReplayAllSteps onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
