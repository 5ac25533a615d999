/** `opened` links worked once; `expired` ones were not opened within 5 minutes. */
export type PortalLinkState = "unused" | "opened" | "expired" | "revoked";

/** A portal link without its token, as the vendor's staff see it. */
export interface PortalLinkView {
  readonly id: string;
  readonly state: PortalLinkState;
  readonly createdBy: { readonly name: string };
  /** The person in the vendor's application for whom the link was created, if the request named one. */
  readonly externalUserId: string | null;
  readonly createdAt: Date;
  /** When the link stops working if it is not opened. */
  readonly expiresAt: Date;
  readonly openedAt: Date | null;
  readonly revokedAt: Date | null;
  /** The session that the link started, while it lasts. */
  readonly session: { readonly id: string; readonly expiresAt: Date } | null;
}
