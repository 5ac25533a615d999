import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Events of the one large organization; its 999 neighbours share as many again. */
  readonly rows: number;
  /** How often ours and the baseline take turns. */
  readonly rounds: number;
  /** How long each turn of an ingest takes. */
  readonly seconds: number;
  /** Among how many organizations an ingest's events are spread, at most a thousand. */
  readonly organizations: number;
  /** Where the profile of our process goes, if one is wanted. */
  readonly profile: string | undefined;
}

/** `--rows 1000000 --rounds 3 --seconds 8 --profile <folder>`, all of them optional. */
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

function atLeastOne(name: string, text: string): number {
  const value = Number(text.replaceAll("_", ""));
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0, not ${text}.`);
  return value;
}
