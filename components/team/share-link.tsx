import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import type { Delivery } from "@/schemas/team/team";

interface ShareLinkProps {
  readonly delivery: Extract<Delivery, { readonly by: "hand" }>;
  readonly email: string;
  /** How long it works, as in “7 days”. */
  readonly lifetime: string;
  readonly onDone: () => void;
}

/** A link for somebody else, the one time it is shown. */
export function ShareLink({ delivery, email, lifetime, onDone }: ShareLinkProps) {
  return (
    <>
      <p className="text-muted">
        {delivery.mail === "failed"
          ? "The mail server did not take the mail, so hand the link on yourself: "
          : "No mail server is configured, so hand the link on yourself: "}
        give it to <bdi className="font-medium text-ink wrap-anywhere">{email}</bdi> and nobody else. It works once,
        within {lifetime}, and cannot be shown again.
      </p>
      <output
        aria-label="Link"
        className="mt-3 block rounded-lg border bg-sunken p-3 font-mono text-xs leading-5 break-all select-all"
      >
        {delivery.link}
      </output>
      <DialogActions>
        <CopyButton text={delivery.link} label="Copy link" look="button" />
        <Button tone="primary" onClick={onDone}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}
