import { CopyButton } from "./copy-button";

/** A code sample with a copy button. `label` names the button, for example “Copy cURL”. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="relative rounded-lg border bg-sunken text-left">
      <CopyButton text={code} label={label} className="absolute top-2 right-2 bg-sunken" />
      {/* Long lines wrap instead of scrolling, so that keyboard users can read everything. */}
      <pre className="p-4 pr-10 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{code}</pre>
    </div>
  );
}
