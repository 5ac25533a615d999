import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import type { Delivery } from "@/schemas/team/team";

/** A link that was not emailed. */
export type UnsentLink = Extract<Delivery, { readonly kind: "unsent" }>;

interface ShareLinkProps {
  readonly delivery: UnsentLink;
  readonly email: string;
  /** How long the link works, for example “7 days”. */
  readonly lifetime: string;
  readonly onDone: () => void;
}

/** Shows a link that the user must send to someone else, because no email was sent. It is shown only once. */
export function ShareLink({ delivery, email, lifetime, onDone }: ShareLinkProps) {
  return (
    <>
      <p className="text-muted">
        {delivery.reason === "failed" ? "The email couldn’t be sent. " : "Email isn’t set up. "}
        Send this link to <bdi className="font-medium text-ink wrap-anywhere">{email}</bdi> yourself. It works once,
        expires in {lifetime} and won&rsquo;t be shown again.
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
