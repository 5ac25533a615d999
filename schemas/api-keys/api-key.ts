/**
 * What a key may do. Every operation of the REST API and every procedure that accepts keys needs exactly one of these.
 */
export const KEY_SCOPES = ["events:write", "events:read", "exports", "portal", "manage"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** An API key without its secret, which is shown only once, after the key is created. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The first characters of the secret. */
  readonly hint: string;
  readonly scopes: readonly KeyScope[];
  /** The name of who created it; null for keys that an older version created. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** The client address of that use: an IPv4 address, or the /64 network of an IPv6 address. */
  readonly lastUsedAddress: string | null;
  readonly revokedAt: Date | null;
}
