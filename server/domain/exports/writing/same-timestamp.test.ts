import Papa from "papaparse";
import { expect } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { listEvents } from "@/server/domain/events/list-events";
import { eventId } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";

const COUNT = 100_000;

test("list and file contain each of 100,000 events with one timestamp exactly once", async ({ organization }) => {
  const ids = await storeWithOneTimestamp(organization);

  const rows = Papa.parse<{ id: string }>(
    (await runExport(organization, await request(organization), { rows: 999, bytes: 5_000_000 })).toString("utf8"),
    { header: true, skipEmptyLines: true, newline: "\r\n" },
  ).data;
  expect(rows.map(({ id }) => id).join()).toBe(ids.join());

  const listed: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listEvents(organization, { filters: eventFilters.parse(YEAR), cursor, limit: 1_000 });
    listed.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  expect(listed.toReversed().join()).toBe(ids.join());
});

/** Stores the events and returns their IDs in the file's order. */
async function storeWithOneTimestamp({ db, environment, organization }: OrganizationScope): Promise<string[]> {
  const stored = await db.query<{ uuid: string }>(
    `INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, targets,
       target_types, target_ids, location)
     SELECT lpad(to_hex(n), 32, '0')::uuid, $1, $2, 'document.updated', 1, '2026-03-03T03:03:03.003Z', 'u', 'user', '[]', '{}', '{}', 'x'
     FROM generate_series(1, $3::int) AS n RETURNING id AS uuid`,
    [environment.pk, organization.pk, COUNT],
  );
  return stored.map(({ uuid }) => eventId(uuid)).toSorted();
}
