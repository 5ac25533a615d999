import { CopyButton } from "./copy-button";

/** Code to read and to copy. `label` names the copy button, as in “Copy cURL”. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="relative rounded-lg border bg-sunken text-left">
      <CopyButton text={code} label={label} className="absolute top-2 right-2 bg-sunken" />
      {/* Wrapped rather than scrolled: nothing is out of sight, and no keyboard has to reach it. */}
      <pre className="p-4 pr-10 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{code}</pre>
    </div>
  );
}
