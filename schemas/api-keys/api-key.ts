/** An API key without its secret, which is shown only once, after the key is created. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The first characters of the secret. */
  readonly hint: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}
