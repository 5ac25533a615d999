import { expect } from "vitest";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { YEAR } from "@/server/testing/run-export";
import { deleteOrganization } from "./delete-organization";
import { findOrganizationWithEvents } from "./event-stats";
import { listOrganizationSummaries } from "./read-organizations";

const everything = { search: "", after: null, limit: 50 };

test("the list of organizations has each one's last event time and its event count up to 10,000", async ({
  environment,
  organization: quiet,
  stranger,
}) => {
  const [few, many] = [await createOrganization(environment, "Few"), await createOrganization(environment, "Many")];
  const last = new Date("2026-11-01T00:00:00.000Z");
  await storeEvents(few, [anEvent({ occurredAt: last }), anEvent({ occurredAt: new Date("2026-02-01") })]);
  await seedEvents(many, { count: 10_001, ...YEAR, seed: 3 });
  await storeEvents(stranger, [anEvent()]);

  const { items } = await listOrganizationSummaries(environment, everything);
  const of = (name: string) => items.find((each) => each.name === name);
  expect(items).toHaveLength(3);
  expect(of("Few")).toMatchObject({ lastEventAt: last, events: { count: 2, capped: false } });
  expect(of("Many")).toMatchObject({ events: { count: 10_000, capped: true } });
  expect(of(quiet.organization.name)).toMatchObject({ lastEventAt: null, events: { count: 0, capped: false } });

  await many.db.query(
    "DELETE FROM log.event WHERE id = (SELECT id FROM log.event WHERE organization_pk = $1 LIMIT 1)",
    [many.organization.pk],
  );
  const again = await listOrganizationSummaries(environment, { ...everything, search: "Many" });
  expect(again.items).toMatchObject([{ events: { count: 10_000, capped: false } }]);
});

test("an environment has events only once one of its own organizations has", async ({
  environment,
  organization,
  stranger,
}) => {
  await storeEvents(stranger, [anEvent()]);
  expect(await findOrganizationWithEvents(environment)).toBeNull();
  await createOrganization(environment, "Later");
  await storeEvents(organization, [anEvent()]);
  expect(await findOrganizationWithEvents(environment)).toEqual({ id: organization.organization.id });
  await deleteOrganization(organization);
  expect(await findOrganizationWithEvents(environment)).toBeNull();
});

test("a search for organizations is literal and ignores case and composition, on every page", async ({
  environment,
}) => {
  const names = ["Παπαδόπουλος ΑΕ", "Cafe\u0301 100%", "Müller & Straße", "a_b", "axb"];
  for (const name of names) await createOrganization(environment, name);
  const find = async (search: string) =>
    (await listOrganizationSummaries(environment, { ...everything, search })).items.map(({ name }) => name);
  expect(await find("ΠΑΠΑΔΌΠΟΥΛΟΣ")).toEqual(["Παπαδόπουλος ΑΕ"]);
  expect(await find("CAFÉ")).toEqual(["Cafe\u0301 100%"]);
  expect(await find("strasse")).toEqual(["Müller & Straße"]);
  expect([await find("%"), await find("A_B"), await find("\\")]).toEqual([["Cafe\u0301 100%"], ["a_b"], []]);

  const pages: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await listOrganizationSummaries(environment, { search: "B", after: after ?? null, limit: 1 });
    pages.push(...page.items.map(({ name }) => name));
    after = page.next;
  }
  expect(pages.toSorted()).toEqual(["a_b", "axb"]);
});
