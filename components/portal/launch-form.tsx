import { buttonStyle } from "@/components/ui/button";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import { VendorName } from "./vendor-name";

interface LaunchFormProps {
  readonly token: string;
  /** Proves that this page was rendered for this browser. */
  readonly formToken: string;
  readonly branding: PortalBranding;
  readonly organizationName: string;
}

/**
 * The page behind a valid portal link. Only the button redeems the link, since mail scanners open links too. A plain form
 * works without JavaScript.
 */
export function LaunchForm({ token, formToken, branding, organizationName }: LaunchFormProps) {
  return (
    <>
      <VendorName branding={branding} />
      <h1 className="mt-8 text-xl font-semibold tracking-[-0.02em]">Audit log</h1>
      <p className="mt-2 text-muted">
        This link opens <bdi className="font-medium text-ink wrap-anywhere">{organizationName}</bdi>&rsquo;s audit log.
        It works only once, so continue only when you&rsquo;re ready.
      </p>
      <form method="post" action="/portal/redeem" className="mt-6">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="form_token" value={formToken} />
        <button
          type="submit"
          className={`${buttonStyle("primary", "lg")} h-auto! min-h-10 w-full py-2 whitespace-normal! wrap-anywhere`}
        >
          <span>
            Continue to <bdi>{branding.name}</bdi>&rsquo;s audit log
          </span>
        </button>
      </form>
    </>
  );
}
