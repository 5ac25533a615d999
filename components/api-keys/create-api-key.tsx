"use client";

import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CreateApiKeyForm } from "./create-api-key-form";
import { NewSecret } from "./new-secret";

/** A button with a dialog that asks for a key's name and scopes, then shows its secret once. */
export function CreateApiKey() {
  const trigger = useRef<HTMLButtonElement>(null);
  const [step, setStep] = useState<"closed" | "naming" | { readonly secret: string }>("closed");
  const close = () => setStep("closed");
  return (
    <>
      <Button ref={trigger} tone="primary" aria-haspopup="dialog" onClick={() => setStep("naming")}>
        <Plus aria-hidden />
        Create API key
      </Button>
      <Dialog
        open={step !== "closed"}
        onOpenChange={(open) => !open && close()}
        title={typeof step === "object" ? "Your new API key" : "Create API key"}
        returnFocusTo={trigger}
      >
        {typeof step === "object" ? (
          <NewSecret secret={step.secret} onDone={close} />
        ) : (
          <CreateApiKeyForm onCancel={close} onCreated={(secret) => setStep({ secret })} />
        )}
      </Dialog>
    </>
  );
}
