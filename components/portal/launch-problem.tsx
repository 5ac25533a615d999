import { ArrowLeft, CircleSlash } from "lucide-react";
import { waitLabel } from "@/components/time/wait-label";
import { buttonStyle } from "@/components/ui/button";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import type { LaunchProblem as Problem } from "@/schemas/portal/portal-launch";
import { VendorName } from "./vendor-name";

/** What a problem is called, and what it means where the vendor has this name. */
const words: Record<Problem, { readonly title: string; readonly meaning: (vendor: string) => string }> = {
  expired: {
    title: "This link has expired",
    meaning: () => "Links to the audit logs work for five minutes after they were made.",
  },
  used: {
    title: "This link has been used",
    meaning: (vendor) => `Each link opens the audit logs once. If it was not you who used it, tell ${vendor}.`,
  },
  revoked: { title: "This link has been revoked", meaning: (vendor) => `It was withdrawn by ${vendor}.` },
  unknown: {
    title: "This link does not work",
    meaning: () => "It may have been cut off on its way. Make sure that you opened all of it.",
  },
  too_many: {
    title: "Too many attempts",
    meaning: () => "Many links that do not exist were tried from your network. Yours was not used up.",
  },
  session_expired: {
    title: "Your session has expired",
    meaning: () => "Sessions are closed eight hours after the link was opened.",
  },
  session_ended: { title: "Your session has ended", meaning: () => "You ended it. Nobody can go on with it." },
  session_revoked: {
    title: "Your session has been revoked",
    meaning: (vendor) => `It was ended before its time by ${vendor}.`,
  },
  no_session: {
    title: "You have no open session",
    meaning: () => "The audit logs are opened by a link, in the browser that you want to look at them with.",
  },
};

interface LaunchProblemProps {
  readonly problem: Problem;
  /** Whose link or session it was, where that is known. */
  readonly branding: PortalBranding | null;
  readonly returnUrl: string | null;
  /** Seconds, with `too_many`. */
  readonly wait?: number;
}

/** Says what is wrong, whom to ask, and how to go on. */
export function LaunchProblem({ problem, branding, returnUrl, wait }: LaunchProblemProps) {
  const { title, meaning } = words[problem];
  return (
    <>
      {branding ? (
        <VendorName branding={branding} />
      ) : (
        <CircleSlash aria-hidden strokeWidth={1.5} className="size-7 text-faint" />
      )}
      <h1 className={`${branding ? "mt-8" : "mt-4"} text-xl font-semibold tracking-[-0.02em]`}>{title}</h1>
      <p className="mt-2 text-muted wrap-anywhere">
        {meaning(branding ? isolated(branding.name) : "the company that gave it to you")}
        {problem === "too_many" && ` Wait ${waitLabel(wait ?? 60)}, then open it again.`}
      </p>
      <p className="mt-4 border-t pt-4 wrap-anywhere">
        To look at your audit logs, ask for a new link: in the product&rsquo;s settings, or from{" "}
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

/** Between Unicode's isolates, so that a name's direction does not leave it. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
