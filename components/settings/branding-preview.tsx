import { accentVariables, SCHEMES } from "@/components/portal/accent";
import { PAGE_COLORS } from "@/components/portal/page-colors";
import { VendorName } from "@/components/portal/vendor-name";
import { buttonStyle } from "@/components/ui/button";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import { SCHEME_LABELS } from "./scheme-labels";

/** Shows customers' view of the portal header in both color schemes. */
export function BrandingPreview({ branding }: { readonly branding: PortalBranding }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {SCHEMES.map((scheme) => (
        <figure key={scheme} className="min-w-0">
          <figcaption className="mb-1.5 text-xs text-muted">{SCHEME_LABELS[scheme]}</figcaption>
          <div
            data-theme={scheme}
            style={{
              ...PAGE_COLORS[scheme],
              ...(branding.accent !== null && accentVariables(branding.accent, scheme)),
            }}
            className="overflow-hidden rounded-lg border bg-canvas text-ink"
          >
            <div className="border-b bg-surface">
              {branding.accent !== null && <div className="h-1" style={{ backgroundColor: branding.accent }} />}
              <div className="flex h-12 items-center px-3">
                <VendorName branding={branding} />
              </div>
            </div>
            <div className="grid gap-3 p-3">
              <p className="border-b">
                <span className="-mb-px inline-block border-b-2 border-accent pb-1.5 font-medium">Audit log</span>
              </p>
              <div className="flex flex-wrap items-center justify-between gap-2">
                <span className="rounded-sm bg-accent-soft px-1.5 text-xs font-medium text-accent">user.signed_in</span>
                <span className={buttonStyle("primary")}>Export CSV</span>
              </div>
            </div>
          </div>
        </figure>
      ))}
    </div>
  );
}
