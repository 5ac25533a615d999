import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions } from "@/components/ui/overlays/dialog";

/** Shows the secret of a new key. Only its hash is stored, so it cannot be shown again. */
export function NewSecret({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  return (
    <>
      <p className="text-muted">Copy this key now. You won&rsquo;t be able to see it again.</p>
      <output
        aria-label="API key"
        className="mt-3 block rounded-lg border bg-sunken p-3 font-mono text-xs leading-5 break-all select-all"
      >
        {secret}
      </output>
      <DialogActions>
        <CopyButton text={secret} label="Copy key" look="button" />
        <Button tone="primary" onClick={onDone}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}
