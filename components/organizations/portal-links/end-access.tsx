"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Confirmation } from "@/components/feedback/confirmation";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { PortalLinkView } from "@/schemas/portal/portal-link";

const words = {
  revoke: {
    button: "Revoke",
    title: "Revoke portal link",
    confirm: "Revoke link",
    done: "Portal link revoked",
    meaning: (hasSession: boolean) =>
      hasSession
        ? "Whoever opened this link is signed out of the portal at once. Exports that they asked for go on and stay."
        : "Nobody can open this link any more. You can make another at any time.",
  },
  endSession: {
    button: "End session",
    title: "End portal session",
    confirm: "End session",
    done: "Portal session ended",
    meaning: () => "Whoever uses this session is signed out of the portal at once. To come back they need a new link.",
  },
} as const;

interface ConfirmedPortalActProps {
  readonly act: keyof typeof words;
  readonly organizationId: string;
  /** Of the link or of the session. */
  readonly id: string;
  readonly link: PortalLinkView;
}

/** The button that withdraws a link or ends its session, after a question. */
export function EndAccess({ act, organizationId, id, link }: ConfirmedPortalActProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { button, title, confirm, done, meaning } = words[act];
  const settled = {
    onSuccess: async () => {
      setOpen(false);
      toast({ tone: "positive", title: done });
      await queryClient.invalidateQueries(trpc.portalLinks.pathFilter());
    },
  };
  const revoke = useMutation(trpc.portalLinks.revoke.mutationOptions(settled));
  const endSession = useMutation(trpc.portalLinks.endSession.mutationOptions(settled));
  const proceed = () =>
    act === "revoke"
      ? revoke.mutate({ organizationId, portalLinkId: id })
      : endSession.mutate({ organizationId, portalSessionId: id });
  return (
    <>
      <Button
        ref={trigger}
        size="sm"
        aria-label={`${button}: link made by ${link.createdBy.name}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {button}
      </Button>
      <Confirmation
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={trigger}
        title={title}
        keep="Keep it"
        confirm={confirm}
        act={act === "revoke" ? revoke : endSession}
        onConfirm={proceed}
      >
        {meaning(link.session !== null)}
      </Confirmation>
    </>
  );
}
