import { setTimeout as pause } from "node:timers/promises";
import { functionProblems, readRegistration, saveRegistration } from "@/server/domain/operations/function-registration";
import { MAX_HEARTBEAT_AGE, secondsSinceHeartbeat } from "@/server/domain/operations/heartbeat";
import type { Services } from "@/server/kernel/services";
import {
  type DescribedFunctions,
  describeFunctions,
  fingerprintOf,
  register,
  type RegistrationTarget,
  WorkerUnreachable,
} from "./register";

export interface RegistrationOptions extends RegistrationTarget {
  readonly services: Services;
  /**
   * Sends an event that starts nothing, to find out whether the server accepts the event key.
   * @throws Error with the reason for the operator
   */
  readonly checkSending: () => Promise<void>;
  /** Milliseconds until the first retry, doubled by each further one, and between checks while all is well. */
  readonly intervals?: { readonly firstRetry: number; readonly check: number };
}

const INTERVALS = { firstRetry: 1_000, check: 60_000 };
/** How long the worker may take to start before the operator hears of it (ms). */
const WORKER_START_TIME = 30_000;
/** How often the functions are registered again while the server runs none (ms). */
const REPEAT_AFTER = 5 * 60_000;

/**
 * Keeps the functions registered with an Inngest server, which calls only those that it knows: registers them if they
 * differ from those last registered when the process starts, or if the server has run none for minutes and may have lost its data. Reports what
 * fails to the log and to readiness checks, and retries until it succeeds.
 */
export function keepRegistered(options: RegistrationOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ended = repeatUntil(stopping.signal, options);
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

async function repeatUntil(signal: AbortSignal, options: RegistrationOptions): Promise<void> {
  const { services, intervals = INTERVALS } = options;
  const problems = services.caches.of(functionProblems);
  const startedAt = performance.now();
  let registeredAt = -Infinity;
  let isSettled = false;
  let isSendingChecked = false;
  let delay = intervals.firstRetry;

  const checkRegistration = async () => {
    const functions = await describeFunctions(options);
    const fingerprint = fingerprintOf(functions, options);
    const isKnown = (await readRegistration(services)) === fingerprint;
    const isIdle = performance.now() - registeredAt > REPEAT_AFTER && (await hasRunNothing(services));
    // Later, another version's registration stands: during an upgrade, old and new processes would replace each other's.
    if (isSettled ? !isKnown || !isIdle : isKnown && !isIdle) {
      isSettled = true;
      return;
    }
    await register(options, functions);
    registeredAt = performance.now();
    await saveRegistration(services, fingerprint);
    isSettled = true;
    services.log.info(facts(functions), "registered the functions with Inngest");
  };
  const checkSending = async () => {
    if (isSendingChecked && !problems.has("sending")) return;
    await options.checkSending();
    isSendingChecked = true;
    problems.delete("sending");
  };

  while (!signal.aborted) {
    const checks = { registration: checkRegistration, sending: checkSending } as const;
    let hasFailed = false;
    for (const name of ["registration", "sending"] as const) {
      const failure = await checks[name]().then(() => null, errorOf);
      if (failure === null) {
        problems.delete(name);
        continue;
      }
      hasFailed = true;
      if (failure instanceof WorkerUnreachable && performance.now() - startedAt < WORKER_START_TIME) continue;
      // Each reason once: the retries would fill the log.
      if (problems.get(name) !== failure.message) services.log.error({ reason: failure.message }, MESSAGES[name]);
      problems.set(name, failure.message);
    }
    await pause(hasFailed ? delay : intervals.check, undefined, { signal }).catch(() => undefined);
    delay = hasFailed ? Math.min(delay * 2, intervals.check) : intervals.firstRetry;
  }
}

const MESSAGES = {
  registration: "functions could not be registered with Inngest",
  sending: "Inngest does not accept events",
} as const;

async function hasRunNothing(services: Services): Promise<boolean> {
  return (await secondsSinceHeartbeat(services)) > MAX_HEARTBEAT_AGE;
}

function facts({ functions, url }: DescribedFunctions) {
  return { functions: functions.length, url };
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
