import type { LoggerInstance } from "next-auth";
import type { Logger } from "@/server/kernel/ports/logger";

/**
 * Logs what next-auth reports, which by default prints dumps of many lines. Of an error, only its name, message and stack are
 * logged: its other properties can contain tokens.
 */
export function authLogger(log: Logger): LoggerInstance {
  return {
    error: (code, metadata) => log.error({ code, err: describe(errorIn(metadata)) }, "next-auth reported an error"),
    warn: (code) => log.warn({ code }, "next-auth reported a warning"),
    debug: () => undefined,
  };
}

function errorIn(metadata: unknown): unknown {
  return typeof metadata === "object" && metadata !== null && "error" in metadata ? metadata.error : metadata;
}

function describe(error: unknown): object {
  if (error instanceof Error) return { type: error.name, message: error.message, stack: error.stack };
  // next-auth turns some errors into plain objects.
  const { name, message, stack } = { ...(typeof error === "object" ? error : null) } as Record<string, unknown>;
  return { type: name, message: message ?? "unknown", stack };
}
