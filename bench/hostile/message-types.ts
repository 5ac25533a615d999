import type { Percentiles } from "@/bench/report";
import type { AttackName } from "./attack-list";

/** What the victim's process needs to know. */
export interface VictimStart {
  readonly port: number;
  readonly secret: string;
  readonly organizationId: string;
}

/** What the victim measured. */
export interface VictimOutcome {
  readonly latency: Percentiles;
  /** Requests that were not accepted, by status or error code. */
  readonly errors: Readonly<Record<string, number>>;
}

/** The attacker's environment, and how it connects. */
export interface Target {
  readonly port: number;
  /** The attacker's own loopback address, so that limits per address don't count the victim. Only Linux has several. */
  readonly localAddress: string | undefined;
  readonly secret: string;
  readonly organizationId: string;
  /** Headers of a portal session. */
  readonly portal: Readonly<Record<string, string>>;
  /** The path of an export's download URL; null unless the attack needs one. */
  readonly download: string | null;
}

/** What the attacker's process needs to know. */
export interface AttackerStart {
  readonly attack: AttackName;
  readonly target: Target;
}

/** The number of responses that the attacker got, by status or error code. */
export type AttackerOutcome = Readonly<Record<string, number>>;
