import Papa from "papaparse";
import { expect } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { exampleEvent } from "@/schemas/events/event-body";
import { tryEvent } from "@/server/domain/event-schemas/try-event";
import { listEvents } from "@/server/domain/events/list-events";
import { listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { replayRejectedEvent } from "@/server/domain/events/rejected/replay-rejected-events";
import { requestExport } from "@/server/domain/exports/request-export";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { test } from "@/server/testing/rest-fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import { transformer } from "@/server/trpc/transformer";

const INEXACT = ["9007199254740993", "-12345678901234567890", "1e400", "0.1000000000000000055", "-0", "1e-400"];
const EXACT = ["1", "1.5", "0.1", "-3", "9007199254740991", "1e+21", "5e-324", "0.30000000000000004"];
const NDJSON = { "content-type": "application/x-ndjson" };

/** An event with a number in each metadata, as JSON: JavaScript could not hold some of them. */
function eventWith(number: string, { organization }: OrganizationScope): string {
  const party = { id: "a", type: "team", metadata: { account: "@" } };
  const event = { ...exampleEvent.event, actor: party, targets: [party], metadata: { account: "@" } };
  return JSON.stringify({ organization_id: organization.id, event }).replaceAll('"@"', number);
}

const fields = ["event.actor.metadata.account", "event.targets.0.metadata.account", "event.metadata.account"];
const violations = fields.map((field) => expect.objectContaining({ field, code: "inexact_number" }) as object);
const rows = async ({ db, organization }: OrganizationScope) =>
  (await db.query("SELECT 1 FROM log.event WHERE organization_pk = $1", [organization.pk])).length;

test.for(INEXACT)(
  "%s is rejected by field, alone, in a batch and in NDJSON",
  async (number, { call, organization }) => {
    const event = eventWith(number, organization);
    const single = await call("POST", "/audit_logs/events", event);
    expect(single).toMatchObject({ status: 422, body: { errors: expect.arrayContaining(violations) as unknown } });
    expect(single.body["message"]).toContain(`event.actor.metadata.account: ${number}`);
    const refused = { status: "refused", errors: expect.arrayContaining(violations) as unknown };
    const good = eventWith("1", organization);
    const batch = await call("POST", "/audit_logs/events/batch", `[${good},${event}]`);
    expect(batch.body["data"]).toMatchObject([{ status: "stored" }, refused]);
    const lines = await call("POST", "/audit_logs/events/batch", `${event}\n${good}`, NDJSON);
    expect(lines.body["data"]).toMatchObject([refused, { status: "stored" }]);
    expect(await rows(organization)).toBe(2);
  },
);

test("a version that a float would round is rejected, not read as another version", async ({ call, organization }) => {
  const text = eventWith("1", organization).replace('"action"', '"version":1.00000000000000001,"action"');
  expect(await call("POST", "/audit_logs/events", text)).toMatchObject({
    status: 422,
    body: { errors: [{ field: "event.version", code: "inexact_number" }] },
  });
});

test("accepted numbers have the same digits in lists, files and the drawer", async ({ call, organization }) => {
  for (const number of EXACT) {
    const { status } = await call("POST", "/audit_logs/events", eventWith(number, organization));
    expect(status, number).toBe(201);
  }
  const expected = EXACT.map((number) => `{"account":${number}}`).toSorted();
  const { id } = organization.organization;
  const list = await call("GET", `/audit_logs/events?organization_id=${id}`);
  const listed = list.body["data"] as { metadata: object }[];
  expect(listed.map(({ metadata }) => JSON.stringify(metadata)).toSorted()).toEqual(expected);

  const csv = (await runExport(organization, await request(organization))).toString();
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  expect(data.map((row) => row["metadata"]).toSorted()).toEqual(expected);
  const wanted = { filters: eventFilters.parse(YEAR), format: "jsonl" } as const;
  const lines = (await runExport(organization, (await requestExport(organization, wanted)).id)).toString();
  for (const metadata of expected) expect(lines).toContain(`"metadata":${metadata}}\n`);

  // What the drawer receives.
  const page = await listEvents(organization, { filters: wanted.filters, limit: 100 });
  const received = JSON.stringify(JSON.parse(JSON.stringify(transformer.serialize(page))));
  for (const metadata of expected) expect(received).toContain(`"metadata":${metadata}`);
});

test("other spellings of a number are accepted with the same value", async ({ call, organization }) => {
  for (const number of ["1.0", "1e3", "1E5", "1.50", "100000000000000000000000"]) {
    expect(await call("POST", "/audit_logs/events", eventWith(number, organization))).toMatchObject({ status: 201 });
  }
  const list = await call("GET", `/audit_logs/events?organization_id=${organization.organization.id}`);
  const numbers = (list.body["data"] as { metadata: { account: number } }[]).map(({ metadata }) => metadata.account);
  expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 1.5, 1_000, 100_000, 1e23]);
});

test("a rejected event keeps its digits, and a replay rejects it again", async ({
  call,
  environment,
  organization,
}) => {
  for (const number of INEXACT) await call("POST", "/audit_logs/events", eventWith(number, organization));
  const { items } = await listRejectedEvents(environment, { state: "all", limit: 100 });
  expect(items.map(({ body }) => body).toSorted()).toEqual(
    INEXACT.map((number) => eventWith(number, organization)).toSorted(),
  );
  for (const { id } of items) {
    expect(await replayRejectedEvent(environment, id)).toMatchObject({ status: "rejected" });
  }
  expect(await rows(organization)).toBe(0);
});

test("the validator rejects what ingest rejects", async ({ organization }) => {
  for (const number of INEXACT) {
    expect(await tryEvent(organization, eventWith(number, organization))).toMatchObject({
      accepted: false,
      violations: expect.arrayContaining(violations) as unknown,
    });
  }
});

test("a schema's bound and a retention period are rejected by field, too", async ({ call, organization }) => {
  const schema =
    '{"targets":[{"type":"team"}],"metadata":{"properties":{"n":{"type":"number","maximum":9007199254740993}}}}';
  expect(await call("POST", "/audit_logs/actions/a.b/schemas", schema)).toMatchObject({
    status: 422,
    body: { errors: [{ field: "metadata.properties.n.maximum", code: "inexact_number" }] },
  });
  const path = `/organizations/${organization.organization.id}/audit_logs_retention`;
  expect(await call("PUT", path, '{"retention_period_in_days":30.00000000000000001}')).toMatchObject({
    status: 422,
    body: { errors: [{ field: "retention_period_in_days", code: "inexact_number" }] },
  });
});
