import { expect } from "vitest";
import { exampleEvent as example } from "@/schemas/events/event-body";
import { test as base, type ApiResponse } from "@/server/testing/rest-fixtures";

/** Just before the tests' clock, so that no warning is about the time. */
const exampleEvent = { ...example, event: { ...example.event, occurred_at: "2026-10-01T11:00:00.000Z" } };

interface Warning {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** Sends the example event with changes. */
const test = base.extend<{ send: (event: object, fields?: object) => Promise<ApiResponse> }>({
  send: async ({ call, organization: { organization } }, use) =>
    use((event, fields) => {
      const body = { organization_id: organization.id, event: { ...exampleEvent.event, ...event }, ...fields };
      return call("POST", "/audit_logs/events", body);
    }),
});

const { actor, targets, context } = exampleEvent.event;

test.for([
  [{ userAgent: "Chrome" }, "event.userAgent", "did you mean 'event.context.user_agent'?"],
  [{ ip_address: "192.0.2.1" }, "event.ip_address", "did you mean 'event.context.location'?"],
  [{ actor: { ...actor, email: "a@b.example" } }, "event.actor.email", "put it into 'event.actor.metadata'"],
  [{ actor: { ...actor, fullName: "Ada" } }, "event.actor.fullName", "did you mean 'event.actor.name'?"],
  [{ targets: [{ ...targets[0], url: "/" }] }, "event.targets.0.url", "put it into 'event.targets.0.metadata'"],
  [{ context: { ...context, userAgent: "x" } }, "event.context.userAgent", "did you mean 'event.context.user_agent'?"],
  [{ context: { ...context, region: "eu" } }, "event.context.region", "put it into 'event.metadata'"],
  [{ occurredAt: "2026-01-01" }, "event.occurredAt", "did you mean 'event.occurred_at'?"],
  [{ Metadata: { a: 1 } }, "event.Metadata", "did you mean 'event.metadata'?"],
  [{ severity: 0 }, "event.severity", "put it into 'event.metadata'"],
] satisfies [object, string, string][])(
  "a field that no event has is reported and the event is stored: %j",
  async ([changes, field, advice], { send }) => {
    const { status, body } = await send(changes);
    expect(status).toBe(201);
    expect(body).toEqual({
      success: true,
      warnings: [{ code: "unknown_field", field, message: expect.stringContaining(advice) as string }],
    });
  },
);

test("a field next to the event is reported, too", async ({ send }) => {
  expect((await send({}, { metadata: { a: 1 }, request_id: "x" })).body["warnings"]).toMatchObject([
    { field: "metadata", message: expect.stringContaining("did you mean 'event.metadata'?") as string },
    { field: "request_id" },
  ]);
});

test("fields without a value and metadata with any keys cause no warning", async ({ send }) => {
  const metadata = { userAgent: "x", email: "y" };
  for (const changes of [
    {},
    { metadata, actor: { ...actor, metadata } },
    { ip: null, tags: [], extra: {}, note: "" },
  ]) {
    expect((await send(changes)).body).toEqual({ success: true });
  }
});

test("each event of a batch has its own warnings, at most 20", async ({ call, organization }) => {
  const organization_id = organization.organization.id;
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`x${n}`.repeat(100), n]));
  const events = [{}, { userAgent: "x" }, many, { occurred_at: "never", userAgent: "x" }].map((changes) => ({
    organization_id,
    event: { ...exampleEvent.event, ...changes },
  }));
  const { body } = await call("POST", "/audit_logs/events/batch", { events });
  const results = body["data"] as { status: string; warnings?: Warning[] }[];
  expect(results[0]).toEqual({ status: "stored" });
  expect(results[1]).toMatchObject({ status: "stored", warnings: [{ field: "event.userAgent" }] });
  expect(results[2]?.warnings).toHaveLength(20);
  expect(results[2]?.warnings?.[0]?.field.length).toBeLessThan(120);
  // The error comes first: nothing was stored.
  expect(results[3]).not.toHaveProperty("warnings");
});
