/** Why a portal link no longer works. */
export type DeadLinkState = "expired" | "used" | "revoked";

/** How a portal session ended: it expired, the visitor signed out, or the vendor revoked it. */
export type SessionEnd = "expired" | "ended" | "revoked";

/** The problems that the URL of the launch page can contain instead of a link's token. */
export const LAUNCH_PROBLEMS = [
  "expired",
  "used",
  "revoked",
  "unknown",
  "form",
  "too_many",
  "insecure",
  "ended",
] as const;

/** Why a link or a session does not open the portal. */
export type LaunchProblem =
  | DeadLinkState
  | "unknown"
  | "form"
  | "too_many"
  | "insecure"
  | "no_session"
  | `session_${SessionEnd}`;
