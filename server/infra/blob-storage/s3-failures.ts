import { DomainError } from "@/server/kernel/errors";

const AGAIN = "Run the export again when it is mended.";

/** By the names that S3 and the SDK give their failures. */
const SENTENCES: Readonly<Record<string, string>> = {
  NoSuchBucket: `The bucket for the files does not exist. ${AGAIN}`,
  AccessDenied: `The file store refuses access: the credentials lack a permission. ${AGAIN}`,
  Forbidden: `The file store refuses access: the credentials lack a permission. ${AGAIN}`,
  InvalidAccessKeyId: `The file store does not know the access key. ${AGAIN}`,
  SignatureDoesNotMatch: `The file store refuses the secret key. ${AGAIN}`,
  ExpiredToken: `The credentials for the file store have expired. ${AGAIN}`,
  CredentialsProviderError: `There are no credentials for the file store. ${AGAIN}`,
  RequestTimeTooSkewed: `The clock of this machine and the file store's differ too much. ${AGAIN}`,
  QuotaExceeded: "The file store is full. Free some space, then run the export again.",
  XMinioStorageFull: "The file store is full. Free some space, then run the export again.",
  SlowDown: "The file store is overloaded. Run the export again later.",
  TimeoutError: `The file store does not answer in time. ${AGAIN}`,
};
const UNREACHABLE = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE)/;

/** A failure of a call to S3, as a DomainError `unavailable` where it says what an operator can mend. */
export function plainly(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DomainError) return error;
  // The code first: the SDK calls a broken connection a time-out.
  const sentence = byText(error) ?? SENTENCES[error.name] ?? byStatus(statusOf(error));
  return sentence === undefined ? error : new DomainError("unavailable", sentence);
}

/** Whether the failure says that the thing is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && ["NoSuchKey", "NotFound", "NoSuchUpload"].includes(error.name);
}

/** The HTTP status of the answer, where there was one. */
function statusOf(error: Error): number | undefined {
  if (!("$metadata" in error)) return undefined;
  // The SDK's failures carry it; the type of an unknown error does not say so.
  return (error.$metadata as { readonly httpStatusCode?: number }).httpStatusCode;
}

function byStatus(status = 0): string | undefined {
  if (status === 507) return SENTENCES["QuotaExceeded"];
  if (status === 403) return SENTENCES["AccessDenied"];
  if (status === 503 || status === 429) return SENTENCES["SlowDown"];
  if (status >= 500) return `The file store reports a fault (${status}). ${AGAIN}`;
  return undefined;
}

function byText(error: Error): string | undefined {
  if (error.message === "Region is missing") return "AWS_REGION is not set, so the file store cannot be reached.";
  const code = "code" in error ? String(error.code) : "";
  if (UNREACHABLE.test(code) || error.message === "aborted")
    return `The file store cannot be reached, or broke off in the middle. ${AGAIN}`;
  return undefined;
}
