import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Events of the large organization; 999 others share as many. */
  readonly rows: number;
  /** How often Trailport and the baseline take turns. */
  readonly rounds: number;
  /** Duration of one ingest turn. */
  readonly seconds: number;
  /** Number of organizations that ingest writes to, at most 1,000. */
  readonly organizations: number;
  /** Folder for the CPU profile of the measured process. */
  readonly profile: string | undefined;
}

/** Parses `--rows 1000000 --rounds 3 --seconds 8 --organizations 1000 --profile <folder>`; all are optional. */
export function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "1000000" },
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "8" },
      organizations: { type: "string", default: "1000" },
      profile: { type: "string" },
    },
  });
  return {
    rows: atLeastOne("rows", values.rows),
    rounds: atLeastOne("rounds", values.rounds),
    seconds: atLeastOne("seconds", values.seconds),
    organizations: atLeastOne("organizations", values.organizations),
    profile: values.profile,
  };
}

/** @throws Error unless the text is a whole number above 0 */
export function atLeastOne(name: string, text: string): number {
  const value = Number(text.replaceAll("_", ""));
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0, not ${text}.`);
  return value;
}
