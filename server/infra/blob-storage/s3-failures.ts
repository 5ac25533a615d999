import { DomainError } from "@/server/kernel/errors";

const AGAIN = "Fix this, then export again.";

/** Messages by the names of the errors of S3 and its SDK. */
const MESSAGES: Readonly<Record<string, string>> = {
  NoSuchBucket: `The bucket for the files does not exist. ${AGAIN}`,
  AccessDenied: `The file store denied access: the credentials lack a permission. ${AGAIN}`,
  Forbidden: `The file store denied access: the credentials lack a permission. ${AGAIN}`,
  InvalidAccessKeyId: `The file store does not accept the access key. ${AGAIN}`,
  SignatureDoesNotMatch: `The file store rejected the secret key. ${AGAIN}`,
  ExpiredToken: `The credentials for the file store have expired. ${AGAIN}`,
  CredentialsProviderError: `There are no credentials for the file store. ${AGAIN}`,
  RequestTimeTooSkewed: `This server's clock differs too much from the file store's. ${AGAIN}`,
  QuotaExceeded: "The file store is full. Free some space, then export again.",
  XMinioStorageFull: "The file store is full. Free some space, then export again.",
  SlowDown: "The file store is overloaded. Export again later.",
  TimeoutError: `The file store did not respond in time. ${AGAIN}`,
};
const UNREACHABLE = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE)/;

/** Converts an S3 error that an operator can fix to DomainError `unavailable` with a clear message; returns others as is. */
export function explainS3Error(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DomainError) return error;
  // The code first: the SDK also calls a lost connection a timeout.
  const message = byText(error) ?? MESSAGES[error.name] ?? byStatus(statusOf(error));
  return message === undefined ? error : new DomainError("unavailable", message);
}

/** Returns whether an error says that the object or upload does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && ["NoSuchKey", "NotFound", "NoSuchUpload"].includes(error.name);
}

/** Returns the HTTP status of the response, if there was one. */
function statusOf(error: Error): number | undefined {
  if (!("$metadata" in error)) return undefined;
  // The SDK's errors have it; the type of an unknown error does not say so.
  return (error.$metadata as { readonly httpStatusCode?: number }).httpStatusCode;
}

function byStatus(status = 0): string | undefined {
  if (status === 507) return MESSAGES["QuotaExceeded"];
  if (status === 403) return MESSAGES["AccessDenied"];
  if (status === 503 || status === 429) return MESSAGES["SlowDown"];
  if (status >= 500) return `The file store responded with an error (${status}). ${AGAIN}`;
  return undefined;
}

function byText(error: Error): string | undefined {
  if (error.message === "Region is missing") return "AWS_REGION is not set, so the file store cannot be reached.";
  const code = "code" in error ? String(error.code) : "";
  if (UNREACHABLE.test(code) || error.message === "aborted")
    return `The file store is unreachable, or the connection was lost. ${AGAIN}`;
  return undefined;
}
