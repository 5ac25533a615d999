/** An attack, and what has to be there before it begins. */
export interface AttackDetails {
  readonly description: string;
  /** Events of the attacker's organization. */
  readonly events?: number;
  /** Whether a finished export is needed. */
  readonly needsExport?: boolean;
  /** Whether the database has larger schemas than the API accepts, as earlier versions did. */
  readonly needsLargeSchemas?: boolean;
}

/** All attacks, in the order in which they run. */
export const ATTACKS = {
  "stalled-bodies": { description: "nine batches that declare up to 10 MB and send one byte, again and again" },
  "slow-bodies": { description: "200 chunked batches that arrive at 20 kB per second" },
  "anonymous-calls": { description: "two loops of 900 kB tRPC calls without credentials" },
  "portal-calls": { description: "two loops of 250 and 900 kB tRPC calls of a portal session" },
  schemas: {
    description: "schemas of 28,000 properties, stored and sent; events for 30 stored versions of 5,000",
    needsLargeSchemas: true,
  },
  "malformed-batches": { description: "four loops of batches of 1,000 malformed events" },
  "new-actions": { description: "four loops of batches of 1,000 events, each with a new action" },
  "idle-sockets": { description: "as many idle connections from one address as the machine allows" },
  exports: { description: "four loops of a portal session that request exports of 200,000 events", events: 200_000 },
  downloads: { description: "1,500 concurrent downloads of one export", events: 50_000, needsExport: true },
} as const satisfies Record<string, AttackDetails>;

export type AttackName = keyof typeof ATTACKS;

/** The names of all attacks. */
// The object literal has no other keys.
export const ATTACK_NAMES = Object.keys(ATTACKS) as AttackName[];

export function detailsOf(name: AttackName): AttackDetails {
  return ATTACKS[name];
}
