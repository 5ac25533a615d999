import { expect } from "vitest";
import { listEvents } from "@/server/domain/events/list-events";
import { eventFilters } from "@/schemas/events/event-filters";
import { exampleEvent } from "@/schemas/events/event-body";
import { request, readFile, runExport } from "@/server/testing/run-export";
import { test } from "@/server/testing/rest-fixtures";
import { transformer } from "@/server/trpc/transformer";

/** The example with this metadata everywhere, as JSON text: an object literal would set its prototype instead. */
function spelled(metadata: string, organizationId: string): string {
  const party = { id: "a", type: "team", metadata: "@" };
  const event = { ...exampleEvent.event, actor: party, targets: [party], metadata: "@" };
  return JSON.stringify({ organization_id: organizationId, event }).replaceAll('"@"', metadata);
}

test("a key that JavaScript has a meaning for is refused by name or kept as it is, and never lost", async ({
  call,
  organization,
}) => {
  const { id } = organization.organization;
  const refused = await call("POST", "/audit_logs/events", spelled('{"a":1,"__proto__":"mine"}', id));
  expect(refused).toMatchObject({
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
  expect((await call("POST", "/audit_logs/events", spelled(JSON.stringify(metadata), id))).status).toBe(201);
  const page = await listEvents(organization, {
    filters: eventFilters.parse({ from: new Date("2026-01-01"), to: new Date("2027-01-01") }),
    limit: 10,
  });
  // What a screen gets.
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

test("a schema that asks for such a key takes it from the event alone, not from what every object has", async ({
  call,
  organization,
}) => {
  const { id } = organization.organization;
  const schema = { properties: { constructor: { type: "string" } }, required: ["toString"] };
  const text = JSON.stringify({ targets: [{ type: "team" }], metadata: schema });
  expect((await call("POST", "/audit_logs/actions/user.signed_in/schemas", text)).status).toBe(201);
  expect(await call("POST", "/audit_logs/events", spelled('{"a":1}', id))).toMatchObject({ status: 400 });
  expect(await call("POST", "/audit_logs/events", spelled('{"toString":1}', id))).toMatchObject({ status: 201 });
  expect(await call("POST", "/audit_logs/events", spelled('{"toString":1,"constructor":2}', id))).toMatchObject({
    status: 400,
  });
  const proto = text.replace('"constructor"', '"__proto__"');
  expect(await call("POST", "/audit_logs/actions/user.signed_in/schemas", proto)).toMatchObject({ status: 422 });
});
