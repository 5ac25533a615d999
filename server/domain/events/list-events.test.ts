import { expect } from "vitest";
import { eventFilters, type EventFiltersInput } from "@/schemas/events/event-filters";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { YEAR } from "@/server/testing/run-export";
import { countEvents } from "./count-events";
import { getEvent } from "./get-event";
import { listFilterValues } from "./list-filter-values";
import { listEvents } from "./list-events";

const all = (filters: Partial<EventFiltersInput> = {}) => eventFilters.parse({ ...YEAR, ...filters });
const targets = (...types: string[]) => types.map((type) => ({ id: `${type}_1`, type, name: null, metadata: null }));

async function idsOf(scope: OrganizationScope, filters: Partial<EventFiltersInput>): Promise<string[]> {
  return (await listEvents(scope, { filters: all(filters), limit: 100 })).items.map((event) => event.id);
}

test("an event is read back as it was sent", async ({ organization }) => {
  const event = anEvent({
    actor: { id: "u", type: "user", name: null, metadata: { "a-key": 1.5, b: true } },
    targets: [{ id: "t|1", type: "team", name: 'Ünï, "quoted"\n=1', metadata: { x: "y" } }, ...targets("a", "team")],
    context: { location: "2001:db8::1", userAgent: "curl" },
    metadata: { B: "2", a: "\u001e\u001f" },
  });
  const [id = ""] = await storeEvents(organization, [event]);
  const stored = { ...event, id, receivedAt: expect.any(Date) };
  expect(await getEvent(organization, id)).toEqual({ ...stored, warnings: [] });
  expect((await listEvents(organization, { filters: all(), limit: 1 })).items).toEqual([stored]);
});

test("an event with several of the wanted target types is listed once", async ({ organization }) => {
  const many = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const [two, eight] = await storeEvents(organization, [
    anEvent({ targets: targets("team", "document", "team") }),
    anEvent({ targets: targets(...many), occurredAt: new Date("2026-09-14T00:00:00.000Z") }),
    anEvent({ targets: targets("other") }),
    anEvent({ targets: [] }),
  ]);
  expect(await idsOf(organization, { targetTypes: ["document", "team"] })).toEqual([two]);
  expect(await idsOf(organization, { targetTypes: ["team"] })).toEqual([two]);
  expect(await idsOf(organization, { targetTypes: many })).toEqual([eight]);
  expect(await idsOf(organization, { targetTypes: ["g", "h"] })).toEqual([eight]);
  expect(await idsOf(organization, { targetTypes: ["e", "g", "document"] })).toEqual([two, eight]);
  expect(await countEvents(organization, all({ targetTypes: ["h", "a", "team"] }))).toEqual({
    count: 2,
    capped: false,
  });
});

test("a range includes its start and excludes its end, unless both are the same", async ({ organization }) => {
  const at = (time: string) => new Date(`2026-05-01T${time}Z`);
  const ids = await storeEvents(
    organization,
    ["10:00:00.000", "10:00:00.001", "10:00:00.002"].map((time) => anEvent({ occurredAt: at(time) })),
  );
  expect(await idsOf(organization, { from: at("10:00:00.000"), to: at("10:00:00.002") })).toEqual([ids[1], ids[0]]);
  expect(await idsOf(organization, { from: at("10:00:00.001"), to: at("10:00:00.001") })).toEqual([ids[1]]);
});

test("pages list each of 20,000 events with the same timestamp exactly once", async ({ organization }) => {
  const timestamp = new Date("2026-03-03T03:03:03.003Z");
  await seedEvents(organization, { count: 20_000, from: timestamp, to: timestamp, seed: 5 });
  await organization.db.query("UPDATE log.event SET occurred_at = $2 WHERE organization_pk = $1", [
    organization.organization.pk,
    timestamp,
  ]);
  const seen = new Set<string>();
  let rows = 0;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listEvents(organization, {
      filters: all({ from: timestamp, to: timestamp }),
      cursor,
      limit: 100,
    });
    for (const event of page.items) seen.add(event.id);
    rows += page.items.length;
    cursor = page.next;
  }
  expect([rows, seen.size]).toEqual([20_000, 20_000]);
  expect(await countEvents(organization, all())).toEqual({ count: 10_000, capped: true });
});

test("a cursor that no list returned is rejected", async ({ organization }) => {
  const forged = (text: string) => Buffer.from(text).toString("base64url");
  const cursors = [
    "x",
    "%%%",
    forged("1.not-a-uuid"),
    forged("999999999999999.00000000-0000-0000-0000-000000000000"),
    forged("253402300800000.00000000-0000-0000-0000-000000000000"),
    forged("-62135600000000.00000000-0000-0000-0000-000000000000"),
    forged("'; DROP"),
  ];
  for (const cursor of cursors) {
    await expect(listEvents(organization, { filters: all(), cursor, limit: 10 })).rejects.toMatchObject({
      code: "invalid_input",
    });
  }
});

test("another organization's event returns not_found, like one that does not exist", async ({
  organization,
  environment,
  stranger,
}) => {
  const [id = ""] = await storeEvents(organization, [anEvent()]);
  const neighbor = await createOrganization(environment, "Neighbor");
  for (const scope of [stranger, neighbor]) {
    await expect(getEvent(scope, id)).rejects.toMatchObject({
      code: "not_found",
      message: `Audit Log Event not found: '${id}'.`,
    });
    expect(await idsOf(scope, {})).toEqual([]);
    expect(await listFilterValues(scope, "actions", { limit: 10 })).toEqual([]);
  }
  for (const none of ["audit_log_event_nonsense", `audit_log_event_7${"Z".repeat(25)}`])
    await expect(getEvent(organization, none)).rejects.toMatchObject({ code: "not_found" });
});

test("an event is found by its ID even if it occurred long before it was received", async ({ organization }) => {
  const [id = ""] = await storeEvents(organization, [anEvent({ occurredAt: new Date("1999-12-31T23:59:59.999Z") })]);
  expect((await getEvent(organization, id)).occurredAt).toEqual(new Date("1999-12-31T23:59:59.999Z"));
});

test("a filter's values are distinct and sorted, values that begin with the search first", async ({ organization }) => {
  const actor = (id: string, name: string | null) => ({ id, type: "user", name, metadata: null });
  await storeEvents(organization, [
    anEvent({ action: "b.two", actor: actor("u1", "Zoe"), targets: targets("team") }),
    anEvent({ action: "a.one", actor: actor("u2", null), targets: targets("a", "b", "c", "d", "e", "f", "g") }),
    anEvent({ action: "b.two", actor: actor("u1", "Ada Zoe"), targets: targets("team", "b") }),
  ]);
  expect(await listFilterValues(organization, "actions", { limit: 10 })).toEqual(["a.one", "b.two"]);
  expect(await listFilterValues(organization, "actions", { limit: 1 })).toEqual(["a.one"]);
  expect(await listFilterValues(organization, "actorNames", { search: "Z", limit: 10 })).toEqual(["Zoe", "Ada Zoe"]);
  expect(await listFilterValues(organization, "actorIds", { search: "2", limit: 10 })).toEqual(["u2"]);
  expect(await listFilterValues(organization, "targetTypes", { limit: 10 })).toEqual([
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "team",
  ]);
});
