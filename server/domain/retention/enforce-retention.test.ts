import { expect } from "vitest";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { completeExport } from "@/server/domain/exports/writing/complete-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, writeParts } from "@/server/testing/run-export";
import { enforceRetention } from "./enforce-retention";
import { setRetention } from "./retention";
import { retentionCutoff } from "./retention-cutoff";

const DAY = 86_400_000;

async function enforceAll(scope: OrganizationScope): Promise<void> {
  for (let after: number | null = 0; after !== null;) after = await enforceRetention(scope, after);
}

async function remaining(scope: OrganizationScope): Promise<string[]> {
  const rows = await scope.db.query<{ action: string }>(
    "SELECT e.action FROM log.event e WHERE e.organization_pk = $1 ORDER BY e.occurred_at",
    [scope.organization.pk],
  );
  return rows.map((row) => row.action);
}

const ago = (scope: OrganizationScope, days: number, action: string) =>
  anEvent({ action, occurredAt: new Date(scope.now().getTime() - days * DAY) });

test("events older than the policy are deleted to the millisecond, but only of that organization", async ({
  environment,
  organization,
}) => {
  const forever = await createOrganization(environment, "Forever");
  const event = ago(organization, 30, "exactly.thirty.days");
  const older = { ...event, action: "a.millisecond.older", occurredAt: new Date(event.occurredAt.getTime() - 1) };
  for (const scope of [organization, forever]) await storeEvents(scope, [older, event, ago(scope, 0, "now")]);
  await setRetention(organization, 30);
  await enforceAll(organization);
  expect(await remaining(organization)).toEqual(["exactly.thirty.days", "now"]);
  expect(await remaining(forever)).toHaveLength(3);
});

test("many events are deleted in batches, and the next turn continues where the last one stopped", async ({
  organization,
}) => {
  const old = new Date(organization.now().getTime() - 10 * DAY);
  await organization.db.query(
    `INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, targets,
       target_types, target_ids, location)
     SELECT gen_random_uuid(), $1, $2, 'bulk', 1, $3::timestamptz, 'a', 'user', '[]', '{}', '{}', 'here' FROM generate_series(1, 12000)`,
    [organization.environment.pk, organization.organization.pk, old.toISOString()],
  );
  await storeEvents(organization, [ago(organization, 1, "kept")]);
  await setRetention(organization, 5);
  // A turn of one millisecond deletes one batch.
  const next = await enforceRetention(organization, organization.organization.pk - 1, 1);
  expect(next).toBe(organization.organization.pk - 1);
  expect(await remaining(organization)).toHaveLength(7_001);
  await enforceAll(organization);
  expect(await remaining(organization)).toEqual(["kept"]);
});

test("an export requested during a deletion contains every event that it counted", async ({ organization }) => {
  const old = ago(organization, 100, "old").occurredAt;
  const range = { from: old, to: new Date(old.getTime() + DAY), seed: 1 };
  await seedEvents(organization, { count: 6_000, ...range });
  await setRetention(organization, 30);
  // A turn of one millisecond deletes one batch of five thousand.
  const turn = () => enforceRetention(organization, organization.organization.pk - 1, 1);
  await turn();
  const id = await request(organization);
  await turn();
  await beginExport(organization, id);
  await turn();
  await completeExport(organization, id, await writeParts(organization, id));
  expect((await getExport(organization, id)).progress).toMatchObject({ rowsDone: 1_000, rowsTotal: 1_000 });
  await turn();
  expect(await remaining(organization)).toEqual([]);
});

test("no events are deleted while an export of the organization is unfinished", async ({ organization }) => {
  await storeEvents(organization, [ago(organization, 100, "old")]);
  await setRetention(organization, 30);
  await request(organization);
  await enforceAll(organization);
  expect(await remaining(organization)).toEqual(["old"]);
});

test("a period of months or years ends by the calendar, and never before its days", async ({ organization, world }) => {
  const cases = [
    ["2026-10-01T12:00:00Z", { days: 180, months: 6 }, "2026-04-01T12:00:00Z"],
    ["2026-03-30T00:00:00Z", { days: 30, months: 1 }, "2026-02-28T00:00:00Z"],
    ["2026-03-15T00:00:00Z", { days: 30, months: 1 }, "2026-02-13T00:00:00Z"],
    ["2028-02-29T06:00:00Z", { days: 365, months: 12 }, "2027-02-28T06:00:00Z"],
    ["2028-12-31T23:59:59Z", { days: 3650, months: 120 }, "2018-12-31T23:59:59Z"],
    ["2026-10-01T12:00:00Z", { days: 180, months: null }, "2026-04-04T12:00:00Z"],
  ] as const;
  for (const [now, retention, cutoff] of cases) {
    expect(retentionCutoff(new Date(now), retention)).toEqual(new Date(cutoff));
    expect(
      await organization.db.query("SELECT log.retention_cutoff($1::timestamptz, $2::int, $3::int) AS cutoff", [
        now,
        retention.days,
        retention.months,
      ]),
    ).toEqual([{ cutoff: new Date(cutoff) }]);
  }
  world.clock.now = new Date("2026-10-01T12:00:00Z");
  const at = (action: string, time: string) => anEvent({ action, occurredAt: new Date(time) });
  await storeEvents(organization, [at("kept", "2026-04-01T12:00:00Z"), at("old", "2026-04-01T11:59:59.999Z")]);
  await setRetention(organization, { days: 180, months: 6 });
  await enforceAll(organization);
  expect(await remaining(organization)).toEqual(["kept"]);
});
