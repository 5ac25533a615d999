/** Every way in which a request can fail, with its HTTP status and tRPC code. */
export const failures = {
  invalid_request: { http: 400, trpc: "BAD_REQUEST" },
  invalid_input: { http: 422, trpc: "UNPROCESSABLE_CONTENT" },
  unauthenticated: { http: 401, trpc: "UNAUTHORIZED" },
  forbidden: { http: 403, trpc: "FORBIDDEN" },
  not_found: { http: 404, trpc: "NOT_FOUND" },
  method_not_allowed: { http: 405, trpc: "METHOD_NOT_SUPPORTED" },
  timeout: { http: 408, trpc: "TIMEOUT" },
  conflict: { http: 409, trpc: "CONFLICT" },
  gone: { http: 410, trpc: "PRECONDITION_FAILED" },
  too_large: { http: 413, trpc: "PAYLOAD_TOO_LARGE" },
  unsupported_media_type: { http: 415, trpc: "UNSUPPORTED_MEDIA_TYPE" },
  too_many: { http: 429, trpc: "TOO_MANY_REQUESTS" },
  unexpected: { http: 500, trpc: "INTERNAL_SERVER_ERROR" },
  unavailable: { http: 503, trpc: "SERVICE_UNAVAILABLE" },
} as const;

export type FailureCode = keyof typeof failures;

/** One problem with the input, in the format of the API contract. */
export interface Violation {
  readonly code: string;
  readonly field?: string;
  readonly instancePath?: string;
  readonly message?: string;
}

export interface FailureDetails {
  /** The `code` in the response, if the API contract defines one, such as `invalid_audit_log_event`. */
  readonly wireCode?: string;
  readonly violations?: readonly Violation[];
  /** With `not_found`, the requested ID. */
  readonly entityId?: string;
  /** Response headers with lowercase names, such as `allow` with `method_not_allowed`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure that the caller can understand and act on. Screens show `message` unchanged. */
export class DomainError extends Error {
  /**
   * Also recognizes errors of another copy of this module: the web process and Next's bundle each have one, and the database
   * that both use throws errors of the first.
   */
  static override [Symbol.hasInstance](value: unknown): value is DomainError {
    return value instanceof Error && value.name === "DomainError";
  }

  override readonly name = "DomainError";

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message);
  }
}

/** Returns `Organization not found: 'org_1'.`, whether it never existed or belongs to another tenant. */
export function notFound(kind: string, id: string): DomainError {
  return new DomainError("not_found", `${kind} not found: '${id}'.`, { wireCode: "entity_not_found", entityId: id });
}
