import { expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { replayRejectedEvents } from "@/server/domain/events/rejected/replay-rejected-events";
import { createOrganization } from "@/server/testing/factories";
import { test as base } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";

interface Sender {
  readonly organizationId: string;
  /** Sends a batch; returns the status and the results. */
  batch(events: readonly unknown[] | string): Promise<{ status: number; retryAfter: string | null; results: Result[] }>;
  single(event: unknown): Promise<number>;
}
type Result = Readonly<Record<string, unknown>>;

/** A sender of an environment that may send 1,000 events per minute. */
const test = base.extend<{ sender: Sender }>({
  sender: async ({ world, environment }, use) => {
    const config = { ...world.services.config, eventLimitPerMinute: 1_000 };
    const api = await serveApi({ ...world.services, config });
    const { secret } = await createApiKey(environment, { name: "backend" });
    const { organization } = await createOrganization(environment);
    const post = (path: string, body: string) =>
      fetch(api.url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body,
      });
    await use({
      organizationId: organization.id,
      async batch(events) {
        const body = typeof events === "string" ? events : JSON.stringify(events);
        const response = await post("/audit_logs/events/batch", body);
        const { data = [] } = (await response.json()) as { data?: Result[] };
        return { status: response.status, retryAfter: response.headers.get("retry-after"), results: data };
      },
      single: async (event) => (await post("/audit_logs/events", JSON.stringify(event))).status,
    });
    await api.close();
  },
});

const repeat = (count: number, item: unknown) => Array.from({ length: count }, () => item);
const valid = ({ organizationId }: Sender) => ({ ...exampleEvent, organization_id: organizationId });

test("each event of a batch counts, and a batch over the limit stores nothing", async ({ sender, environment }) => {
  const event = valid(sender);
  expect(await sender.batch(repeat(600, event))).toMatchObject({ status: 200 });
  expect(await sender.batch(repeat(401, event))).toMatchObject({ status: 429, retryAfter: "10" });
  expect(await sender.batch(repeat(350, event))).toMatchObject({ status: 200 });
  expect(await sender.batch(repeat(51, event))).toMatchObject({ status: 429 });
  const rows = await environment.db.query("SELECT 1 FROM log.event e WHERE e.environment_pk = $1", [
    environment.environment.pk,
  ]);
  expect(rows).toHaveLength(950);
});

test("a rejected event of a batch counts as ten", async ({ sender }) => {
  expect(await sender.batch(repeat(50, "no event"))).toMatchObject({ status: 200 });
  expect(await sender.batch(repeat(501, valid(sender)))).toMatchObject({ status: 429 });
  expect(await sender.batch(repeat(450, valid(sender)))).toMatchObject({ status: 200 });
});

test("a body that is not JSON counts by its size", async ({ sender }) => {
  expect(await sender.batch("[".repeat(9_000_000))).toMatchObject({ status: 400 });
  expect(await sender.batch(repeat(101, valid(sender)))).toMatchObject({ status: 429 });
  expect(await sender.batch(repeat(90, valid(sender)))).toMatchObject({ status: 200 });
});

test("the next minute has its own limit", async ({ sender, world }) => {
  world.clock.now = new Date("2026-10-01T13:00:30.000Z");
  expect(await sender.batch(repeat(1_000, valid(sender)))).toMatchObject({ status: 200 });
  expect(await sender.single(valid(sender))).toBe(429);
  world.clock.now = new Date("2026-10-01T13:01:00.000Z");
  expect(await sender.single(valid(sender))).toBe(201);
});

test("replayed events count against the limit", async ({ sender, environment }) => {
  await sender.batch(repeat(100, "no event"));
  const limited = { ...environment, config: { ...environment.config, eventLimitPerMinute: 1_000 } };
  await expect(replayRejectedEvents(limited, null)).rejects.toMatchObject({ code: "too_many" });
});

test("after 100 rejections, a batch's other invalid events wait for the sender's next batch", async ({
  sender,
  environment,
}) => {
  const invalid = { organization_id: sender.organizationId, event: {} };
  const events = repeat(110, invalid).flatMap((each, n) => (n % 10 === 0 ? [each, valid(sender)] : [each]));
  const { status, results } = await sender.batch(events);
  expect(status).toBe(200);
  const withStatus = (wanted: string) => results.filter((each) => each["status"] === wanted);
  expect(withStatus("stored")).toHaveLength(11);
  expect(withStatus("refused")).toHaveLength(100);
  expect(withStatus("unavailable")).toEqual(
    repeat(10, {
      status: "unavailable",
      code: "not_examined",
      message: "Not examined, because 100 other events of this batch were rejected. Send this event again.",
    }),
  );
  const kept = { where: { environmentPk: environment.environment.pk } };
  expect(await environment.db.prisma.rejectedEvent.count(kept)).toBe(100);
});

test.for([
  ["malformed events", () => "no event"],
  ["unknown organizations", (_: Sender, n: number) => ({ ...exampleEvent, organization_id: `org_${n}` })],
  ["unknown schema versions", (sender: Sender) => ({ ...valid(sender), event: { ...exampleEvent.event, version: 9 } })],
] as const)(
  "a batch of %s alone has 100 rejections, and the others wait",
  async ([, item], { sender, environment }) => {
    await environment.db.prisma.action.create({
      data: {
        id: `ala_${environment.environment.pk}`,
        environmentPk: environment.environment.pk,
        name: exampleEvent.event.action,
        schemas: {
          create: { id: `als_${environment.environment.pk}`, version: 1, targets: [{ type: "team", metadata: null }] },
        },
      },
    });
    const { status, results } = await sender.batch(Array.from({ length: 300 }, (_, n) => item(sender, n)));
    expect(status).toBe(200);
    expect(results.filter((each) => each["status"] === "refused")).toHaveLength(100);
    expect(results.filter((each) => each["code"] === "not_examined")).toHaveLength(200);
  },
);
