/** What may be shown of a key; its secret is shown once, when it is made. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The secret's first characters. */
  readonly hint: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}
