import type { AttackName } from "./attack-list";
import type { AttackerOutcome, VictimOutcome } from "./message-types";

/** The most by which an attack may multiply the victim's p99. */
const MAX_RATIO = 5;

/** One row of the table. */
export interface Measurement {
  readonly attack: AttackName;
  readonly responses: AttackerOutcome;
  /** The victim just before the attack, and during it. */
  readonly idle: VictimOutcome;
  readonly attacked: VictimOutcome;
}

export function ratioOf({ idle, attacked }: Measurement): number {
  return attacked.latency.p99 / idle.latency.p99;
}

/** Returns whether the victim hardly noticed: no errors, and a p99 of less than five times the idle one. */
export function isBearable(measurement: Measurement): boolean {
  return ratioOf(measurement) < MAX_RATIO && Object.keys(measurement.attacked.errors).length === 0;
}

/** Prints all measurements, one per line. */
export function printTable(measurements: readonly Measurement[]): void {
  const header = [
    "attack",
    "responses to the attacker",
    "idle p50, p99",
    "p50, p99 (ms)",
    "p99 / idle",
    "errors",
    `< ${MAX_RATIO}`,
  ];
  const rows = measurements.map((measurement) => [
    measurement.attack,
    counts(measurement.responses),
    latencyOf(measurement.idle),
    latencyOf(measurement.attacked),
    ratioOf(measurement).toFixed(1),
    counts(measurement.attacked.errors),
    isBearable(measurement) ? "yes" : "NO",
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...rows]) console.log(row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join("  "));
}

function latencyOf({ latency: { p50, p99 } }: VictimOutcome): string {
  return `${p50.toFixed(1)}, ${p99.toFixed(1)}`;
}

/** Writes the number of each status or error, most frequent first. */
function counts(byStatus: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(byStatus).toSorted(([, a], [, b]) => b - a);
  return sorted.map(([status, count]) => `${count} × ${status}`).join(", ") || "none";
}
