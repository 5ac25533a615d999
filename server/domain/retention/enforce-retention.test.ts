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
