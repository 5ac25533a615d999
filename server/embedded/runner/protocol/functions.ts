import { internalEvents } from "inngest";
import { z } from "zod";
import { nextTick } from "./cron";
import { type Equality, parseEquality, parseMatch, parsePath, type Path } from "./expressions";

/** What the runner needs to know about a function. */
export interface RunnableFunction {
  readonly id: string;
  readonly maxAttempts: number;
  readonly triggers: readonly Trigger[];
  readonly concurrency: readonly ConcurrencyLimit[];
  readonly cancelOn: readonly { readonly event: string; readonly path: Path }[];
}

/** A cron trigger becomes an event trigger: the runner sends an event for each tick of the expression. */
export interface Trigger {
  readonly event: string;
  readonly filter: Equality | null;
  readonly cron: string | null;
}

interface ConcurrencyLimit {
  readonly limit: number;
  /** Null: the limit applies to all runs of the function together. */
  readonly key: Path | null;
}

export type Functions = ReadonlyMap<string, RunnableFunction>;

const limit = z.object({ limit: z.number(), key: z.string().optional(), scope: z.string().optional() });
const configuration = z.looseObject({
  id: z.string(),
  triggers: z.array(z.record(z.string(), z.string())),
  steps: z.object({ step: z.object({ retries: z.object({ attempts: z.number().optional() }).optional() }) }),
  concurrency: z
    .union([z.number().transform((number) => [{ limit: number }]), limit.transform((one) => [one]), z.array(limit)])
    .default([]),
  cancel: z
    .array(z.object({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .default([]),
});
type Configuration = z.output<typeof configuration>;

/** Inngest's default for a function without `retries`. */
const DEFAULT_RETRIES = 4;
const OPTIONS = new Set(["id", "name", "triggers", "steps", "concurrency", "cancel"]);
const EMITTED = new Set<string>([internalEvents.FunctionFailed, internalEvents.FunctionCancelled]);

/**
 * Reads the functions in the reply to a sync.
 *
 * @throws Error with one line per unsupported option, naming the function and the option: a function must not run
 *   differently here than on Inngest's server.
 */
export function readFunctions(synced: unknown): Functions {
  const problems: string[] = [];
  const functions = z
    .array(configuration)
    .parse(synced)
    .map((config) => {
      const reject: Reject = (option) => {
        problems.push(`Function "${config.id}" uses ${option}.`);
        return null;
      };
      for (const option of Object.keys(config)) if (!OPTIONS.has(option)) reject(`"${option}"`);
      return {
        id: config.id,
        maxAttempts: (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
        triggers: config.triggers.flatMap((trigger) => readTrigger(trigger, reject) ?? []),
        concurrency: config.concurrency.flatMap((entry) => readConcurrency(entry, reject) ?? []),
        cancelOn: config.cancel.flatMap((entry) => readCancellation(entry, reject) ?? []),
      };
    });
  if (problems.length > 0) {
    throw new Error(
      `The embedded Inngest runner does not support some options of the functions:\n  ${problems.join("\n  ")}`,
    );
  }
  return new Map(functions.map((fn) => [fn.id, fn]));
}

type Reject = (option: string) => null;

function readTrigger(trigger: Configuration["triggers"][number], reject: Reject): Trigger | null {
  const { event, expression, cron, ...others } = trigger;
  for (const option of Object.keys(others)) reject(`the trigger option "${option}"`);
  if (cron !== undefined) {
    const problem = cronProblem(cron);
    if (problem !== null) return reject(`the cron trigger "${cron}" (${problem})`);
    return { event: internalEvents.ScheduledTimer, filter: { path: ["data", "cron"], value: cron }, cron };
  }
  if (event === undefined || (event.startsWith("inngest/") && !EMITTED.has(event)))
    return reject(`the trigger "${event}"`);
  const filter = expression === undefined ? null : parseEquality(expression);
  if (expression !== undefined && filter === null) return reject(`the trigger condition "${expression}"`);
  return { event, filter, cron: null };
}

function cronProblem(expression: string): string | null {
  try {
    return nextTick(expression, new Date()) === null ? "it never fires" : null;
  } catch (error) {
    return String(error);
  }
}

function readConcurrency(entry: z.output<typeof limit>, reject: Reject): ConcurrencyLimit | null {
  if (entry.scope !== undefined && entry.scope !== "fn") return reject(`the concurrency scope "${entry.scope}"`);
  const key = entry.key === undefined ? null : parsePath(entry.key);
  if (entry.key !== undefined && key === null) return reject(`the concurrency key "${entry.key}"`);
  // For Inngest, 0 means no limit.
  return { limit: entry.limit === 0 ? Number.POSITIVE_INFINITY : entry.limit, key };
}

function readCancellation(
  entry: Configuration["cancel"][number],
  reject: Reject,
): RunnableFunction["cancelOn"][number] | null {
  if (entry.timeout !== undefined) return reject(`the cancelOn option "timeout"`);
  const path = entry.if === undefined ? null : parseMatch(entry.if);
  if (path === null)
    return reject(
      `cancelOn "${entry.event}" ${entry.if === undefined ? "without a match" : `with the condition "${entry.if}"`}`,
    );
  return { event: entry.event, path };
}
