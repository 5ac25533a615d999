"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Confirmation } from "@/components/feedback/confirmation";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { PortalLinkView } from "@/schemas/portal/portal-link";

interface EndAccessProps {
  readonly organizationId: string;
  readonly link: PortalLinkView;
}

/** Revokes a link after a confirmation. That also ends the session that the link started. */
export function EndAccess({ organizationId, link }: EndAccessProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const revoke = useMutation(
    trpc.portalLinks.revoke.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        toast({ tone: "positive", title: "Access ended" });
        await queryClient.invalidateQueries(trpc.portalLinks.pathFilter());
      },
    }),
  );
  return (
    <>
      <Button
        ref={trigger}
        size="sm"
        aria-label={`End access: link created by ${link.createdBy.name}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        End access
      </Button>
      <Confirmation
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={trigger}
        title="End access"
        confirm="End access"
        mutation={revoke}
        onConfirm={() => revoke.mutate({ organizationId, portalLinkId: link.id })}
      >
        {link.session
          ? "The visitor is signed out immediately and needs a new link. Their exports continue and are kept."
          : "The link stops working. You can create another anytime."}
      </Confirmation>
    </>
  );
}
