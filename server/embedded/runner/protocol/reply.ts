import { headerKeys } from "inngest";
import { z } from "zod";

/** The outcome of a call. Errors are in the SDK's serialized form. `after` (ms) is set if the error says when to retry. */
export type Outcome =
  | { readonly kind: "completed"; readonly output: unknown }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "retry"; readonly error: unknown; readonly after: number | null }
  | Progress;

export interface Progress {
  readonly kind: "progress";
  readonly results: readonly StepResult[];
  /** Steps that each need a separate call. */
  readonly planned: readonly string[];
  /** How long to sleep before the function is called again, in milliseconds. */
  readonly sleep: number;
}

/** A finished step. `result` is what the SDK expects to receive in later calls. */
export interface StepResult {
  readonly id: string;
  readonly result:
    | { readonly type: "data"; readonly data: unknown }
    | { readonly type: "error"; readonly error: unknown };
}

const operations = z
  .array(
    z.looseObject({
      id: z.string(),
      op: z.string(),
      name: z.string().nullish(),
      opts: z.looseObject({ parallelMode: z.string().optional() }).nullish(),
    }),
  )
  .min(1);

/** Reads the SDK's reply to a call. A reply that cannot be parsed is retried. */
export async function readReply(response: Response): Promise<Outcome> {
  const text = await response.text();
  const body = parseJson(text);
  if (response.status === 200) return { kind: "completed", output: body };
  const after = retryDelay(response.headers.get(headerKeys.RetryAfter));
  if (response.status === 206) return readOperations(body, after);
  const error =
    typeof body === "object" && body !== null ? body : serializedError(`Status ${response.status}: ${text}`);
  return response.headers.get(headerKeys.NoRetry) === "true"
    ? { kind: "failed", error }
    : { kind: "retry", error, after };
}

/** Reads a list of the SDK's operations. `after` is the delay that the SDK requested in case of an error (ms). */
export function readOperations(body: unknown, after: number | null): Outcome {
  const parsed = operations.safeParse(body);
  if (!parsed.success)
    return { kind: "retry", error: serializedError(`Not a list of operations: ${parsed.error.message}`), after };
  const results: StepResult[] = [];
  const planned: string[] = [];
  let sleep = 0;
  for (const operation of parsed.data) {
    const { id, op } = operation;
    // In race mode the function continues while other steps still run. This runner does not support that.
    if (operation.opts?.parallelMode === "race") return unsupported("group.parallel in race mode");
    if (op === "RunComplete") return { kind: "completed", output: operation["data"] };
    // A failed attempt is reported alone: the SDK reports finished steps before it.
    else if (op === "StepError") return { kind: "retry", error: operation["error"], after };
    else if (op === "StepRun") results.push({ id, result: { type: "data", data: operation["data"] ?? null } });
    else if (op === "StepFailed") results.push({ id, result: { type: "error", error: operation["error"] } });
    else if (op === "StepPlanned") planned.push(id);
    else if (op === "Sleep") {
      // The function is not called again before the sleep ends, so its result can be saved now.
      results.push({ id, result: { type: "data", data: null } });
      sleep = Math.max(sleep, sleepDuration(operation.name ?? ""));
    } else return unsupported(`the operation ${op}`);
  }
  return { kind: "progress", results, planned, sleep };
}

/** Returns an error in the form in which the SDK serializes errors. */
export function serializedError(message: string): { name: string; message: string; stack: string } {
  return { name: "Error", message, stack: "" };
}

function unsupported(what: string): Outcome {
  return { kind: "failed", error: serializedError(`The embedded Inngest runner does not support ${what}.`) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Parses a `retry-after` header (seconds or a date) into milliseconds. */
function retryDelay(header: string | null): number | null {
  if (header === null) return null;
  return /^\d+$/.test(header) ? Number(header) * 1000 : Math.max(0, Date.parse(header) - Date.now()) || 0;
}

const UNITS: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** Parses the end of a sleep (`1d2h30m10s`, or a date) into milliseconds from now. */
function sleepDuration(text: string): number {
  if (/^(\d+[wdhms])*$/.test(text)) {
    return [...text.matchAll(/(\d+)([wdhms])/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0),
      0,
    );
  }
  return Math.max(0, Date.parse(text) - Date.now()) || 0;
}
