/** How a link ended that opened, or would have opened, the portal. */
export type DeadLinkState = "expired" | "used" | "revoked";

/** How a session ended: by its time, by the customer, or by the vendor. */
export type SessionEnd = "expired" | "ended" | "revoked";

/** What the address of the page behind a link can say in the place of a link. */
export const LAUNCH_PROBLEMS = ["expired", "used", "revoked", "unknown", "too_many", "ended"] as const;

/** Why a link, or a session, does not open the portal. */
export type LaunchProblem = DeadLinkState | "unknown" | "too_many" | "no_session" | `session_${SessionEnd}`;
