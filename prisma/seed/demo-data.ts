import type { EventParty, Metadata, NewEvent } from "@/schemas/events/event";
import { pick, pickWeighted, seededRandom } from "./random";

const DAY = 24 * 60 * 60_000;
const SPAN = 90 * DAY;

/** A customer in the demo, with its people. */
export interface DemoOrganization {
  readonly name: string;
  readonly domain: string;
  readonly externalId: string;
  readonly events: number;
  readonly people: readonly [string, ...string[]];
  readonly network: string;
}

export const DEMO_ORGANIZATIONS: readonly [DemoOrganization, ...DemoOrganization[]] = [
  {
    name: "Northwind Logistics",
    domain: "northwind.example",
    externalId: "cust_1042",
    events: 2600,
    people: [
      "Ada Okafor",
      "Jonas Lindqvist",
      "Mei Tanaka",
      "Carlos Rivera",
      "Priya Nair",
      "Tomasz Zieliński",
      "Hannah Weiss",
      "Léa Moreau",
    ],
    network: "203.0.113",
  },
  {
    name: "Helios Health",
    domain: "helios.example",
    externalId: "cust_1077",
    events: 1500,
    people: ["Samira Haddad", "Oliver Grant", "Ingrid Solberg", "Daniel Kim", "Beatriz Souza"],
    network: "198.51.100",
  },
  {
    name: "Brightwater Bank",
    domain: "brightwater.example",
    externalId: "cust_1103",
    events: 700,
    people: ["Marcus Feld", "Yuki Sato", "Aisha Bello", "Peter Novak"],
    network: "192.0.2",
  },
];

const BROWSERS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:129.0) Gecko/20100101 Firefox/129.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
] as const;

type Random = () => number;

interface Kind {
  readonly action: string;
  readonly weight: number;
  /** The actor is a machine and not a person. */
  readonly automatic?: true;
  readonly targets: (random: Random, colleague: EventParty) => EventParty[];
  readonly metadata?: (random: Random) => Metadata;
}

const thing = (type: string, id: string, name: string | null = null): EventParty => ({
  type,
  id,
  name,
  metadata: null,
});
const numbered = (random: Random, prefix: string) => `${prefix}_${String(Math.floor(random() * 900) + 100)}`;
const document = (random: Random) =>
  thing(
    "document",
    numbered(random, "doc"),
    pick(random, [
      "Q3 forecast",
      "Carrier contract",
      "Onboarding guide",
      "Incident report",
      "Price list",
      "Board minutes",
    ]),
  );
const project = (random: Random) =>
  thing("project", numbered(random, "prj"), pick(random, ["Apollo", "Harbor", "Meridian", "Quartz"]));

const KINDS: readonly [Kind, ...Kind[]] = [
  {
    action: "user.signed_in",
    weight: 30,
    targets: () => [thing("team", "team_1", "Everyone")],
    metadata: (random) => ({ method: pick(random, ["sso", "sso", "password", "passkey"]), mfa: random() > 0.2 }),
  },
  { action: "user.signed_out", weight: 12, targets: () => [thing("team", "team_1", "Everyone")] },
  {
    action: "user.sign_in_failed",
    weight: 4,
    targets: () => [thing("team", "team_1", "Everyone")],
    metadata: (random) => ({
      reason: pick(random, ["wrong_password", "expired_link", "unknown_device"]),
      attempts: Math.floor(random() * 4) + 1,
    }),
  },
  { action: "document.viewed", weight: 22, targets: (random) => [document(random)] },
  {
    action: "document.updated",
    weight: 12,
    targets: (random) => [document(random), project(random)],
    metadata: (random) => ({ fields_changed: Math.floor(random() * 8) + 1 }),
  },
  {
    action: "document.shared",
    weight: 6,
    targets: (random, colleague) => [document(random), colleague],
    metadata: (random) => ({ permission: pick(random, ["view", "comment", "edit"]) }),
  },
  { action: "document.deleted", weight: 2, targets: (random) => [document(random)] },
  { action: "project.created", weight: 2, targets: (random) => [project(random)] },
  {
    action: "member.invited",
    weight: 3,
    targets: (_, colleague) => [colleague],
    metadata: (random) => ({ role: pick(random, ["viewer", "editor", "admin"]) }),
  },
  {
    action: "member.role_changed",
    weight: 2,
    targets: (_, colleague) => [colleague],
    metadata: (random) => ({ from: "editor", to: pick(random, ["viewer", "admin"]) }),
  },
  {
    action: "api_token.created",
    weight: 2,
    targets: (random) => [thing("api_token", numbered(random, "tok"), "Warehouse sync")],
  },
  {
    action: "billing.plan_changed",
    weight: 1,
    targets: () => [thing("subscription", "sub_1")],
    metadata: () => ({ from: "team", to: "business", seats: 40 }),
  },
  {
    action: "backup.completed",
    weight: 5,
    automatic: true,
    targets: (random) => [thing("backup", numbered(random, "bak"))],
    metadata: (random) => ({ size_mb: Math.floor(random() * 4000), duration_s: Math.floor(random() * 300) }),
  },
  {
    action: "report.generated",
    weight: 4,
    automatic: true,
    targets: (random) => [thing("report", numbered(random, "rep"), "Weekly access review")],
  },
];

/** Returns an organization's events over the 90 days before `now`, mostly in working hours, oldest first. Reproducible. */
export function demoEvents(organization: DemoOrganization, now: Date): NewEvent[] {
  const random = seededRandom(organization.events);
  return Array.from({ length: organization.events }, () => workingTime(random, now))
    .toSorted((a, b) => a.getTime() - b.getTime())
    .map((occurredAt) => demoEvent(organization, occurredAt, random));
}

function demoEvent(organization: DemoOrganization, occurredAt: Date, random: Random): NewEvent {
  const kind = pickWeighted(random, KINDS);
  const person = () => {
    const name = pick(random, organization.people);
    return {
      ...thing("user", `user_${organization.people.indexOf(name) + 1}`, name),
      metadata: { email: emailOf(name, organization.domain) },
    };
  };
  const actor = kind.automatic ? thing("system", "scheduler", "Scheduler") : person();
  return {
    action: kind.action,
    version: 1,
    occurredAt,
    actor,
    targets: kind.targets(random, person()),
    context: {
      location: kind.automatic ? "10.0.0.12" : `${organization.network}.${Math.floor(random() * 60) + 10}`,
      userAgent: kind.automatic ? null : pick(random, BROWSERS),
    },
    metadata: kind.metadata?.(random) ?? null,
  };
}

function workingTime(random: Random, now: Date): Date {
  for (;;) {
    const time = new Date(now.getTime() - Math.floor(random() * SPAN));
    const isWeekend = time.getUTCDay() % 6 === 0;
    const isWorkingHour = time.getUTCHours() >= 7 && time.getUTCHours() < 19;
    if (random() < (isWeekend ? 0.15 : 1) * (isWorkingHour ? 1 : 0.15)) return time;
  }
}

function emailOf(name: string, domain: string): string {
  const ascii = name
    .normalize("NFKD")
    .replaceAll(/[^\p{L} ]/gu, "")
    .replaceAll("ł", "l");
  return `${ascii.toLowerCase().replace(" ", ".")}@${domain}`;
}
