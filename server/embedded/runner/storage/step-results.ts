import { MAX_OUTPUT_BYTES, MAX_STATE_BYTES, MAX_STEPS } from "@/server/embedded/runner/limits";
import type { StepResult } from "@/server/embedded/runner/protocol/reply";
import type { Queryable } from "./transaction";

/** Saves the results of finished steps. A step's first result stays. Returns the limit that the run exceeds, or null. */
export async function saveResults(
  tx: Queryable,
  runId: string,
  results: readonly StepResult[],
): Promise<string | null> {
  if (results.some(({ result }) => jsonBytes(result) > MAX_OUTPUT_BYTES))
    return `A step's result is larger than ${MAX_OUTPUT_BYTES} bytes.`;
  await tx.query(
    `INSERT INTO runner.steps (run_id, step_id, result, bytes)
     SELECT $1, id, result, octet_length(result::text)
     FROM unnest($2::text[], $3::json[]) WITH ORDINALITY AS finished (id, result, position)
     ORDER BY position ON CONFLICT DO NOTHING`,
    [runId, results.map(({ id }) => id), results.map(({ result }) => JSON.stringify(result))],
  );
  const { rows } = await tx.query<{ steps: number; bytes: number }>(
    "SELECT count(*)::int AS steps, coalesce(sum(bytes), 0)::float AS bytes FROM runner.steps WHERE run_id = $1",
    [runId],
  );
  const [state] = rows;
  if (state !== undefined && state.steps > MAX_STEPS) return `The run has more than ${MAX_STEPS} steps.`;
  if (state !== undefined && state.bytes > MAX_STATE_BYTES)
    return `The results of the run's steps are larger than ${MAX_STATE_BYTES} bytes.`;
  return null;
}

/** Returns the size of a value as JSON, in bytes. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}
