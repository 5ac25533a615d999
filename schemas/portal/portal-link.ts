/** How far a portal link has come: it waits, it has been opened (once), its five minutes are over, or it was withdrawn. */
export type PortalLinkState = "unused" | "opened" | "expired" | "revoked";

/** A portal link as the vendor's side sees it; never its token. */
export interface PortalLinkView {
  readonly id: string;
  readonly state: PortalLinkState;
  readonly createdBy: { readonly name: string };
  readonly createdAt: Date;
  /** When it can no longer be opened. */
  readonly expiresAt: Date;
  readonly openedAt: Date | null;
  readonly revokedAt: Date | null;
  /** The session that it opened, while that goes on. */
  readonly session: { readonly id: string; readonly expiresAt: Date } | null;
}
