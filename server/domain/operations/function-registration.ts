import { defineState } from "@/server/kernel/caches";
import type { Services } from "@/server/kernel/services";

/**
 * Why functions do not run although an Inngest server is configured, by what fails: their registration, or the sending of
 * events. Written for the operator. Each process knows its own.
 */
export const functionProblems = defineState({
  name: "function_problems",
  create: () => new Map<"registration" | "sending", string>(),
  entries: (problems) => problems.size,
});

/** Returns the fingerprint of the functions that were last registered with an Inngest server; null if there are none. */
export async function readRegistration({ db }: Services): Promise<string | null> {
  const [row] = await db.query<{ fingerprint: string }>("SELECT fingerprint FROM runner.registration", []);
  return row?.fingerprint ?? null;
}

export async function saveRegistration({ db }: Services, fingerprint: string): Promise<void> {
  await db.query(
    `INSERT INTO runner.registration (fingerprint) VALUES ($1)
     ON CONFLICT (only_one) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, registered_at = now()`,
    [fingerprint],
  );
}
