import { DomainError } from "@/server/kernel/errors";

/** Returns the error for a body of more than `limit` bytes. */
export function tooLarge(limit: number): DomainError {
  return new DomainError("too_large", `The request body is larger than ${limit} bytes.`, {
    wireCode: "request_too_large",
  });
}

/** Returns the error for a body that the budget has no room for. */
export function overloaded(): DomainError {
  return new DomainError("unavailable", "Too many request bodies are arriving at once. Try again in a few seconds.", {
    headers: { "retry-after": "1" },
  });
}

/** Returns the error for a body of which fewer than `bytes` arrived in `milliseconds`. */
export function tooSlow(bytes: number, milliseconds: number): DomainError {
  const seconds = milliseconds / 1000;
  const rule = `Send it within ${seconds} seconds, or at least ${bytes} bytes every ${seconds} seconds.`;
  // Nothing that still arrives on this connection is of use.
  return new DomainError("timeout", `The request body arrived too slowly. ${rule}`, {
    headers: { connection: "close" },
  });
}
