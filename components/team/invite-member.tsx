"use client";

import { UserPlus } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { useToast } from "@/components/ui/overlays/toast";
import type { Delivery } from "@/schemas/team/team";
import { InviteForm } from "./invite-form";
import { ShareLink, type UnsentLink } from "./share-link";

/** A button with a dialog that invites a member, then shows the link if it could not be emailed. */
export function InviteMember() {
  const toast = useToast();
  const trigger = useRef<HTMLButtonElement>(null);
  const [step, setStep] = useState<"closed" | "asking" | { readonly delivery: UnsentLink; readonly email: string }>(
    "closed",
  );
  const close = () => setStep("closed");
  const invited = (delivery: Delivery, email: string) => {
    if (delivery.kind === "unsent") return setStep({ delivery, email });
    close();
    toast({ tone: "positive", title: `Invited ${email}`, description: "The link was sent by email." });
  };
  return (
    <>
      <Button ref={trigger} tone="primary" aria-haspopup="dialog" onClick={() => setStep("asking")}>
        <UserPlus aria-hidden />
        Invite member
      </Button>
      <Dialog
        open={step !== "closed"}
        onOpenChange={(open) => !open && close()}
        title={typeof step === "object" ? "Invitation link" : "Invite member"}
        returnFocusTo={trigger}
      >
        {typeof step === "object" ? (
          <ShareLink {...step} lifetime="7 days" onDone={close} />
        ) : (
          <InviteForm onCancel={close} onInvited={invited} />
        )}
      </Dialog>
    </>
  );
}
