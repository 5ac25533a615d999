import { TRPCClientError } from "@trpc/client";

/** Why a call failed, in the terms that screens need. */
export interface Problem {
  readonly kind: "signed_out" | "forbidden" | "not_found" | "invalid" | "offline" | "failed";
  readonly message: string;
  /** The fields that the server rejected, and why. */
  readonly violations: readonly { readonly field: string; readonly message: string }[];
  /** Users give this to the administrator, who finds it in the log. */
  readonly requestId: string | null;
  /** Whether retrying can help. */
  readonly isTransient: boolean;
}

const kinds: Record<string, Problem["kind"]> = {
  UNAUTHORIZED: "signed_out",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not_found",
  BAD_REQUEST: "invalid",
  UNPROCESSABLE_CONTENT: "invalid",
  CONFLICT: "invalid",
  PRECONDITION_FAILED: "invalid",
};

/** Converts an error that a query or mutation threw. */
export function problemOf(error: unknown): Problem {
  const data = error instanceof TRPCClientError ? asRecord(error.data) : {};
  const code = data["code"];
  if (typeof code !== "string") {
    const message = "Couldn’t reach the server. Check your connection and try again.";
    return { kind: "offline", message, violations: [], requestId: null, isTransient: true };
  }
  const kind = kinds[code] ?? "failed";
  return {
    kind,
    message: error instanceof Error ? error.message : "Something went wrong.",
    violations: violationsOf(data["violations"]),
    requestId: typeof data["requestId"] === "string" ? data["requestId"] : null,
    isTransient: kind === "failed",
  };
}

/** Returns the message about `field`, if the server rejected it. */
export function fieldError(problem: Problem | null, field: string): string | undefined {
  return problem?.violations.find((each) => each.field === field)?.message;
}

/** Returns the message for a form with a single field, which also shows problems that are not about the field. */
export function singleFieldError(error: unknown): string | undefined {
  if (error === null) return undefined;
  const { violations, message } = problemOf(error);
  return violations[0]?.message ?? message;
}

function violationsOf(list: unknown): Problem["violations"] {
  if (!Array.isArray(list)) return [];
  return list.map(asRecord).map(({ field, message }) => ({
    field: typeof field === "string" ? field : "",
    message: typeof message === "string" ? message : "is not valid",
  }));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
