import { CircleSlash } from "lucide-react";
import { waitWords } from "@/components/time/wait-words";

/** Why a link, or a session, does not open the portal. */
export const PROBLEMS = ["expired", "used", "revoked", "unknown", "too_many", "ended"] as const;
export type LaunchProblemName = (typeof PROBLEMS)[number];

const words: Record<LaunchProblemName, { readonly title: string; readonly meaning: string }> = {
  expired: {
    title: "This link has expired",
    meaning: "Links to the audit logs work for five minutes after they were made.",
  },
  used: {
    title: "This link has been used",
    meaning:
      "Each link opens the audit logs once. If it was not you who used it, tell the company that gave it to you.",
  },
  revoked: { title: "This link has been revoked", meaning: "The company that made it has withdrawn it." },
  unknown: {
    title: "This link does not work",
    meaning: "It may have been cut off on its way. Make sure that you opened all of it.",
  },
  too_many: {
    title: "Too many attempts",
    meaning: "Many links that do not exist were tried from your network. Yours was not used up.",
  },
  ended: { title: "Your session has ended", meaning: "Sessions are closed after some hours, or when you end them." },
};

interface LaunchProblemProps {
  readonly problem: LaunchProblemName;
  /** Seconds, with `too_many`. */
  readonly wait?: number;
}

/** Says what is wrong and whom to ask. */
export function LaunchProblem({ problem, wait }: LaunchProblemProps) {
  const { title, meaning } = words[problem];
  return (
    <>
      <CircleSlash aria-hidden strokeWidth={1.5} className="size-7 text-faint" />
      <h1 className="mt-4 text-xl font-semibold tracking-[-0.02em]">{title}</h1>
      <p className="mt-2 text-muted">
        {meaning}
        {problem === "too_many" && ` Wait ${waitWords(wait ?? 60)}, then open it again.`}
      </p>
      <p className="mt-4 border-t pt-4">
        To look at your audit logs, ask for a new link where you got this one: in the product&rsquo;s settings, or from
        the company that runs it.
      </p>
    </>
  );
}
