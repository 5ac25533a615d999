"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem } from "@/components/ui/form-problem";
import { useToast } from "@/components/ui/toast";
import type { PortalLinkView } from "@/schemas/portal-link";

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
export function ConfirmedPortalAct({ act, organizationId, id, link }: ConfirmedPortalActProps) {
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
  const { error, isPending } = act === "revoke" ? revoke : endSession;
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
      <Dialog role="alertdialog" open={open} onOpenChange={setOpen} title={title} returnFocusTo={trigger}>
        <p className="text-muted">{meaning(link.session !== null)}</p>
        {error && (
          <div className="mt-4">
            <FormProblem message={problemOf(error).message} />
          </div>
        )}
        <DialogActions>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <Button tone="danger" busy={isPending} onClick={proceed}>
            {confirm}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
