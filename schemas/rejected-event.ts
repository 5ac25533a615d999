/** An event that was refused, with the reason; kept for seven days. */
export interface RejectedEvent {
  readonly id: string;
  readonly organizationId: string | null;
  readonly action: string | null;
  /** What was sent, as JSON text; a very long one is cut. */
  readonly body: string;
  readonly code: string;
  readonly message: string;
  readonly violations: readonly {
    readonly code: string;
    readonly field?: string;
    readonly instancePath?: string;
    readonly message?: string;
  }[];
  readonly createdAt: Date;
}
