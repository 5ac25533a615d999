/** Something about a stored event that people should know. The message continues a sentence that begins with its time. */
export interface EventWarning {
  readonly code: "occurred_in_future" | "older_than_retention";
  readonly message: string;
}
