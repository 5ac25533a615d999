import { expect } from "vitest";
import { eventFilters, type EventFiltersInput } from "@/schemas/events/event-filters";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { YEAR } from "@/server/testing/run-export";
import { listEvents } from "./list-events";
import { listFilterValues } from "./list-filter-values";

async function idsOf(scope: OrganizationScope, filters: Partial<EventFiltersInput>): Promise<string[]> {
  const page = await listEvents(scope, { filters: eventFilters.parse({ ...YEAR, ...filters }), limit: 100 });
  return page.items.map((event) => event.id);
}
const targets = (...ids: string[]) => ids.map((id) => ({ id, type: `type of ${id}`, name: null, metadata: null }));
const actor = (id: string, name: string | null) => ({ id, type: "user", name, metadata: { secret: "hidden" } });

test("an event is found by any of its target IDs and listed once", async ({ organization }) => {
  const many = Array.from({ length: 9 }, (_, n) => `many_${n}`);
  const [one, some] = await storeEvents(organization, [
    anEvent({ targets: targets("a", "b", "a") }),
    anEvent({ targets: targets(...many, "a"), occurredAt: new Date("2026-09-14T00:00:00.000Z") }),
    anEvent({ targets: [] }),
  ]);
  expect(await idsOf(organization, { targetIds: ["b", "a"] })).toEqual([one, some]);
  expect(await idsOf(organization, { targetIds: ["many_8", "many_0", "many_1"] })).toEqual([some]);
  expect(await idsOf(organization, { targetIds: ["many_8"], actions: ["document.updated"] })).toEqual([some]);
  expect(await idsOf(organization, { targetIds: ["c"] })).toEqual([]);
  expect(await listFilterValues(organization, "targetIds", { search: "many_", limit: 3 })).toEqual(many.slice(0, 3));
  expect(await listFilterValues(organization, "targetIds", { search: "NY_8", limit: 3 })).toEqual(["many_8"]);
});

test("an excluded value removes events that have it; actors without a name stay", async ({ organization }) => {
  const [ada, unnamed, team] = await storeEvents(organization, [
    anEvent({ actor: actor("u1", "Ada"), targets: targets("x") }),
    anEvent({ actor: actor("u2", null), targets: [], occurredAt: new Date("2026-09-14T00:00:00.000Z") }),
    anEvent({ action: "a", targets: targets("y", "z"), occurredAt: new Date("2026-09-13T00:00:00.000Z") }),
  ]);
  const without = (exclude: EventFiltersInput["exclude"]) => idsOf(organization, { exclude });
  expect(await without({})).toEqual([ada, unnamed, team]);
  expect(await without({ actorNames: ["Ada"] })).toEqual([unnamed, team]);
  expect(await without({ actorNames: ["Ada", "Ada Lovelace"] })).toEqual([unnamed]);
  expect(await without({ actorIds: ["u2"], actions: ["a"] })).toEqual([ada]);
  expect(await without({ targetIds: ["z"] })).toEqual([ada, unnamed]);
  expect(await without({ targetTypes: ["type of z", "type of x"] })).toEqual([unnamed]);
  expect(await idsOf(organization, { actions: ["a"], exclude: { actions: ["a"] } })).toEqual([]);
});

test("events are found and excluded by the type of their actor", async ({ organization }) => {
  const [user, system, key] = await storeEvents(
    organization,
    ["user", "system", "api_key"].map((type, n) =>
      anEvent({ occurredAt: new Date(YEAR.to.getTime() - 1 - n), actor: { ...actor("u1", "Ada"), type } }),
    ),
  );
  expect(await idsOf(organization, { actorTypes: ["system"] })).toEqual([system]);
  expect(await idsOf(organization, { actorTypes: ["user", "api_key"], actorIds: ["u1"] })).toEqual([user, key]);
  expect(await idsOf(organization, { exclude: { actorTypes: ["system", "api_key"] } })).toEqual([user]);
  for (const other of ["User", "use", "u1"]) expect(await idsOf(organization, { actorTypes: [other] })).toEqual([]);
});

test("the values of a field without an index come from the newest 5,000 events", async ({ organization }) => {
  const ofType = (type: string, occurredAt: Date) => anEvent({ occurredAt, actor: { ...actor("u1", "Ada"), type } });
  await seedEvents(organization, { count: 4_999, ...YEAR, seed: 4 });
  await storeEvents(organization, [
    ofType("robot", YEAR.to),
    ofType("forgotten", new Date(YEAR.from.getTime() - 1)),
    ofType("forgotten", new Date("1999-01-01T00:00:00.000Z")),
  ]);
  const found = (search: string) => listFilterValues(organization, "actorTypes", { search, limit: 10 });
  expect(await found("")).toEqual(["api_key", "robot", "system", "user"]);
  expect(await found("S")).toEqual(["system", "user"]);
  expect(await listFilterValues(organization, "actorTypes", { limit: 2 })).toEqual(["api_key", "robot"]);
});

test("a search ignores case and composition of all scripts", async ({ organization }) => {
  const same = [
    ["Παπαδόπουλος", "ΠΑΠΑΔΌΠΟΥΛΟΣ", "παπαδόπουλοσ", "ΌΠΟΥΛΟΣ", "Παπαδο\u0301πουλος"],
    ["Jose\u0301 Núñez", "JOSÉ", "nu\u0301n\u0303ez"],
    ["Müllerstraße", "MÜLLERSTRASSE", "mu\u0308llerstra", "STRAẞE"],
    ["İstanbul", "istanbul", "ISTANBUL", "İSTANBUL"],
    ["Isparta kapısı", "ısparta", "KAPISI", "kapısı"],
    ["Việt", "VIE\u0323\u0302T", "vie\u0302\u0323t", "ViỆt"],
    ["Ångström", "\u212bNGSTRÖM", "a\u030angstro\u0308m"],
    ["1\u1112\u1161\u11ab2", "1한2"],
    ["Ёлка", "Е\u0308ЛКА", "ёлка"],
    ['"Ζήσης\\', '"ΖΉΣΗΣ\\'],
  ];
  const ids = await storeEvents(
    organization,
    same.map(([name = ""], n) =>
      anEvent({
        occurredAt: new Date(YEAR.from.getTime() + n),
        ...(n % 2 === 0
          ? { actor: { id: "a", type: "user", name, metadata: null }, targets: [] }
          : { targets: [{ id: "1", type: "t", name, metadata: null }] }),
      }),
    ),
  );
  for (const [n, spellings] of same.entries()) {
    for (const search of spellings) expect(await idsOf(organization, { search }), search).toEqual([ids[n]]);
  }
  const found = (search: string) => listFilterValues(organization, "actorNames", { search, limit: 10 });
  expect(await found("ΌΠΟΥΛΟΣ")).toEqual(["Παπαδόπουλος"]);
  expect(await found("strasse")).toEqual(["Müllerstraße"]);
});

test("a search matches only action, actor and targets, literally and ignoring case", async ({ organization }) => {
  const texts = [
    "100%",
    "a_b",
    "back\\slash",
    'quo"te',
    "it's",
    "\uffff",
    "🦊",
    "Straße",
    "İstanbul",
    "tab\there",
    "{}[],:",
  ];
  const ids = await storeEvents(
    organization,
    texts.map((name, n) =>
      anEvent({
        occurredAt: new Date(YEAR.from.getTime() + n),
        targets: [{ id: `t${n}`, type: "Team", name, metadata: { hidden: "secret" } }],
      }),
    ),
  );
  const all = ids.toReversed();
  for (const [n, text] of texts.entries()) {
    expect(await idsOf(organization, { search: text }), text).toEqual([ids[n]]);
    expect(
      await idsOf(organization, { search: ` ${text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())} ` }),
      text,
    ).toContain(ids[n]);
  }
  expect(await idsOf(organization, { search: "" })).toEqual(all);
  for (const everywhere of ["TEAM", "DOCUMENT.up", "user_ADA", "ada love", "t"]) {
    expect(await idsOf(organization, { search: everywhere }), everywhere).toEqual(all);
  }
  for (const nowhere of ["hidden", "secret", "metadata", "null", '"', "_%", "%_", "\\\\", "192.0.2.1", "t1\u0001"]) {
    const found = nowhere === '"' ? [ids[3]] : [];
    expect(await idsOf(organization, { search: nowhere }), nowhere).toEqual(found);
  }
});
