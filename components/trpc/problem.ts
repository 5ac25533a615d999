import { TRPCClientError } from "@trpc/client";

/** A failed call, in the terms that screens need. */
export interface Problem {
  readonly kind: "signed_out" | "forbidden" | "not_found" | "invalid" | "offline" | "failed";
  readonly message: string;
  /** What is wrong with which field, when the input was at fault. */
  readonly violations: readonly { readonly field: string; readonly message: string }[];
  /** To be told to whoever runs the service. */
  readonly requestId: string | null;
  /** Whether trying again can help. */
  readonly isPassing: boolean;
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

/** What went wrong, from whatever a query or mutation threw. */
export function problemOf(error: unknown): Problem {
  const data = error instanceof TRPCClientError ? asRecord(error.data) : {};
  const code = data["code"];
  if (typeof code !== "string") {
    const message = "The server could not be reached. Check the connection, then try again.";
    return { kind: "offline", message, violations: [], requestId: null, isPassing: true };
  }
  const kind = kinds[code] ?? "failed";
  return {
    kind,
    message: error instanceof Error ? error.message : "Something went wrong.",
    violations: violationsOf(data["violations"]),
    requestId: typeof data["requestId"] === "string" ? data["requestId"] : null,
    isPassing: kind === "failed",
  };
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
