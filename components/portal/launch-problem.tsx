import { ArrowLeft, CircleSlash } from "lucide-react";
import { waitLabel } from "@/components/time/wait-label";
import { buttonStyle } from "@/components/ui/button";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import type { LaunchProblem as Problem } from "@/schemas/portal/portal-launch";
import { VendorName } from "./vendor-name";

/** The title and the explanation of each problem. `vendor` is null if the link is unknown. */
const MESSAGES: Record<Problem, { readonly title: string; readonly explain: (vendor: string | null) => string }> = {
  expired: {
    title: "This link has expired",
    explain: () => "Links expire after 5 minutes.",
  },
  used: {
    title: "This link has been used",
    explain: (vendor) => `Each link works once. If you didn’t open this one, contact ${vendor ?? "the sender"}.`,
  },
  revoked: { title: "This link has been revoked", explain: (vendor) => `${vendor ?? "The sender"} revoked this link.` },
  unknown: {
    title: "This link doesn’t work",
    explain: () => "The address looks incomplete. Copy the whole link and try again.",
  },
  form: {
    title: "Open your link again",
    explain: () => "This page was out of date, or your browser blocks cookies. Your link still works.",
  },
  too_many: {
    title: "Too many attempts",
    explain: () => "Too many invalid links from your network.",
  },
  insecure: {
    title: "Open your link over https",
    explain: () => "You opened it over http, where your browser can’t keep a session. Your link is still unused.",
  },
  session_expired: {
    title: "Your session has expired",
    explain: () => "Sessions last 8 hours.",
  },
  session_ended: { title: "Your session has ended", explain: () => "You signed out." },
  session_revoked: {
    title: "Your session has been revoked",
    explain: (vendor) => `${vendor ?? "The sender"} ended your session.`,
  },
  no_session: {
    title: "Open your link first",
    explain: () => "Use this browser to open the link you were sent.",
  },
};

interface LaunchProblemProps {
  readonly problem: Problem;
  /** The vendor whose link or session it was, if known. */
  readonly branding: PortalBranding | null;
  readonly returnUrl: string | null;
  /** Seconds, with `too_many`. */
  readonly wait?: number;
}

/** Explains why a link or a session does not open the portal, and how to get a new link. */
export function LaunchProblem({ problem, branding, returnUrl, wait }: LaunchProblemProps) {
  const { title, explain } = MESSAGES[problem];
  return (
    <>
      {branding ? (
        <VendorName branding={branding} />
      ) : (
        <CircleSlash aria-hidden strokeWidth={1.5} className="size-7 text-faint" />
      )}
      <h1 className={`${branding ? "mt-8" : "mt-4"} text-xl font-semibold tracking-[-0.02em]`}>{title}</h1>
      <p className="mt-2 text-muted wrap-anywhere">
        {explain(branding && isolated(branding.name))}
        {problem === "too_many" && ` Try again in ${waitLabel(wait ?? 60)}.`}
      </p>
      <p className="mt-4 border-t pt-4 wrap-anywhere">
        Get a new link from the product&rsquo;s settings or from{" "}
        {branding ? <bdi className="font-medium">{branding.name}</bdi> : "the company that runs it"}.
      </p>
      {branding && returnUrl !== null && (
        <a
          href={returnUrl}
          className={`${buttonStyle("primary", "lg")} mt-6 h-auto! min-h-10 w-full py-2 whitespace-normal! wrap-anywhere`}
        >
          <ArrowLeft aria-hidden />
          <span>
            Back to <bdi>{branding.name}</bdi>
          </span>
        </a>
      )}
    </>
  );
}

/** Wraps a name in Unicode isolates, so that its text direction does not affect the sentence around it. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
