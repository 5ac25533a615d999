import { parseArgs } from "node:util";
import { atLeastOne } from "@/bench/options";
import { ATTACK_NAMES, type AttackName } from "./attack-list";

interface HostileOptions {
  readonly attacks: readonly AttackName[];
  /** Duration of each measurement. */
  readonly seconds: number;
  /** Folder for the CPU profile of the web process. */
  readonly profile: string | undefined;
}

/** Parses `--attack NAME` (can be repeated; by default all), `--seconds 10` and `--profile <folder>`. */
export function readHostileOptions(): HostileOptions {
  const { values } = parseArgs({
    options: {
      attack: { type: "string", multiple: true },
      seconds: { type: "string", default: "10" },
      profile: { type: "string" },
    },
  });
  const unknown = values.attack?.find((name) => !ATTACK_NAMES.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`--attack must be one of ${ATTACK_NAMES.join(", ")}, not ${unknown}.`);
  const attacks = ATTACK_NAMES.filter((name) => values.attack?.includes(name) ?? true);
  return { attacks, seconds: atLeastOne("seconds", values.seconds), profile: values.profile };
}
