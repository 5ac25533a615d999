import { CopyButton } from "./copy-button";

/** Code to read and to copy. `label` names the copy button, as in “Copy cURL”. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="relative rounded-lg border bg-sunken text-left">
      <CopyButton text={code} label={label} className="absolute top-2 right-2 bg-sunken" />
      {/* Scrollable with the keyboard, hence in the tab order. */}
      <pre tabIndex={0} role="group" aria-label={label.replace(/^Copy /, "")} className="overflow-x-auto p-4 pr-10 font-mono text-xs leading-5">
        {code}
      </pre>
    </div>
  );
}
