import { expect } from "vitest";
import { listEvents } from "@/server/domain/events/list-events";
import { eventFilters } from "@/schemas/events/event-filters";
import { exampleEvent } from "@/schemas/events/event-body";
import { request, readFile, runExport } from "@/server/testing/run-export";
import { test } from "@/server/testing/rest-fixtures";
import { transformer } from "@/server/trpc/transformer";

/** The example event with `metadata` everywhere, as JSON: in an object literal, `__proto__` would set the prototype. */
function eventWith(metadata: string, organizationId: string): string {
  const party = { id: "a", type: "team", metadata: "@" };
  const event = { ...exampleEvent.event, actor: party, targets: [party], metadata: "@" };
  return JSON.stringify({ organization_id: organizationId, event }).replaceAll('"@"', metadata);
}

test("metadata keys with a meaning in JavaScript are kept; only __proto__ is rejected", async ({
  call,
  organization,
}) => {
  const { id } = organization.organization;
  const rejected = await call("POST", "/audit_logs/events", eventWith('{"a":1,"__proto__":"mine"}', id));
  expect(rejected).toMatchObject({
    status: 422,
    body: {
      errors: expect.arrayContaining(
        ["event.metadata.__proto__", "event.actor.metadata.__proto__", "event.targets.0.metadata.__proto__"].map(
          (field) => expect.objectContaining({ field, message: "must not be called '__proto__'" }),
        ),
      ),
    },
  });

  const metadata = { constructor: "x", prototype: 1, toString: true, hasOwnProperty: "y", valueOf: 0 };
  expect((await call("POST", "/audit_logs/events", eventWith(JSON.stringify(metadata), id))).status).toBe(201);
  const page = await listEvents(organization, {
    filters: eventFilters.parse({ from: new Date("2026-01-01"), to: new Date("2027-01-01") }),
    limit: 10,
  });
  // What the screens receive.
  const shown = JSON.stringify(transformer.serialize(page));
  expect(shown.split('"constructor":"x","prototype":1,"toString":true,"hasOwnProperty":"y","valueOf":0')).toHaveLength(
    4,
  );
  const { body } = await call("GET", `/audit_logs/events?organization_id=${id}`);
  expect(body["data"]).toMatchObject([{ metadata, actor: { metadata }, targets: [{ metadata }] }]);

  const exportId = await request(organization);
  await runExport(organization, exportId);
  const file = await readFile(organization, exportId);
  expect(String(file)).toContain('{""constructor"":""x"",""prototype"":1,""toString"":true');
});

test("a schema checks the event's own metadata keys, not those that every object inherits", async ({
  call,
  organization,
}) => {
  const { id } = organization.organization;
  const schema = { properties: { constructor: { type: "string" } }, required: ["toString"] };
  const text = JSON.stringify({ targets: [{ type: "team" }], metadata: schema });
  expect((await call("POST", "/audit_logs/actions/user.signed_in/schemas", text)).status).toBe(201);
  expect(await call("POST", "/audit_logs/events", eventWith('{"a":1}', id))).toMatchObject({ status: 400 });
  expect(await call("POST", "/audit_logs/events", eventWith('{"toString":1}', id))).toMatchObject({ status: 201 });
  expect(await call("POST", "/audit_logs/events", eventWith('{"toString":1,"constructor":2}', id))).toMatchObject({
    status: 400,
  });
  const proto = text.replace('"constructor"', '"__proto__"');
  expect(await call("POST", "/audit_logs/actions/user.signed_in/schemas", proto)).toMatchObject({ status: 422 });
});
