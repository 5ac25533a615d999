import { cpus, loadavg, totalmem } from "node:os";
import type { BenchDatabase } from "./bench-database";

/** Prints the machine, the versions and the load average. */
export async function printMachine(sql: BenchDatabase["sql"]): Promise<void> {
  const { rows } = await sql.query<{ version: string; buffers: string }>(
    "SELECT current_setting('server_version') AS version, current_setting('shared_buffers') AS buffers",
  );
  const [{ model } = { model: "unknown" }] = cpus();
  console.log(
    `\n${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}, ` +
      `PostgreSQL ${rows[0]?.version} (shared_buffers ${rows[0]?.buffers}, fsync and synchronous_commit on)\nload average ${loadAverage()}`,
  );
}

export function loadAverage(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(" ");
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export function milliseconds({ p50, p95, p99 }: Percentiles): string {
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

export function median(values: readonly number[]): number {
  return percentiles(values).p50;
}

/** Formats the median ratio with the ratio of each round, because the machine is noisy. */
export function ratioLine(title: string, ours: readonly number[], baseline: readonly number[], target: string): string {
  const rounds = ours.map((rate, n) => rate / (baseline[n] ?? Number.NaN));
  const each = rounds.map((ratio) => ratio.toFixed(2)).join(", ");
  return `${title}: ${median(rounds).toFixed(2)} (rounds: ${each}; target ${target})`;
}
