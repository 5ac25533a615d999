import { randomBytes } from "node:crypto";
import Papa from "papaparse";
import pg from "pg";
import { expect, onTestFinished } from "vitest";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { readFile, request, writeParts } from "@/server/testing/run-export";
import { beginExport } from "./begin-export";
import { completeExport } from "./complete-export";
import { getExport } from "@/server/domain/exports/read-exports";

const COPY = `INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type,
    targets, target_types, target_ids, location)
  SELECT gen_random_uuid(), environment_pk, organization_pk, $2, version, occurred_at, actor_id, actor_type,
    targets, target_types, target_ids, location FROM log.event WHERE organization_pk = $1`;

/** Opens a transaction on another connection. */
async function openTransaction(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("BEGIN");
  return client;
}

/** Writes and completes the file. Returns the actions in it. */
async function actionsIn(scope: OrganizationScope, id: string): Promise<string[]> {
  await completeExport(scope, id, await writeParts(scope, id));
  const text = (await readFile(scope, id)).toString();
  const { data } = Papa.parse<{ action: string }>(text, { header: true, skipEmptyLines: true, newline: "\r\n" });
  return data.map(({ action }) => action).toSorted();
}

/** Begins an export while the transaction of `writer` is open, and commits it once the export waits for it. */
async function beginBehind(scope: OrganizationScope, id: string, writer: pg.Client): Promise<void> {
  let hasBegun = false;
  const { query } = scope.db;
  let polls = 0;
  const counting: typeof query = (sql, values, options) => {
    if (sql.includes("pg_locks")) polls += 1;
    return query(sql, values, options);
  };
  const begun = beginExport({ ...scope, db: { ...scope.db, query: counting } }, id).then(() => (hasBegun = true));
  await expect.poll(() => polls, { interval: 10 }).toBeGreaterThan(2);
  expect(hasBegun).toBe(false);
  await writer.query("COMMIT");
  await begun;
}

test("an export waits for a transaction that stored events before its cut-off", async ({ organization, world }) => {
  await storeEvents(organization, [anEvent()]);
  const writer = await openTransaction(world.databaseUrl);
  await writer.query(COPY, [organization.organization.pk, "before"]);
  const id = await request(organization);
  await beginBehind(organization, id, writer);
  expect(await actionsIn(organization, id)).toEqual(["before", "document.updated"]);
});

test("an export waits for a transaction of another role that writes into a partition", async ({
  organization,
  world,
}) => {
  await storeEvents(organization, [anEvent()]);
  const [{ name: month } = { name: "" }] = await organization.db.query<{ name: string }>(
    "SELECT tableoid::regclass::text AS name FROM log.event WHERE organization_pk = $1",
    [organization.organization.pk],
  );
  const role = `other_${randomBytes(6).toString("hex")}`;
  const writer = await openTransaction(world.databaseUrl);
  await writer.query(`ROLLBACK; CREATE ROLE ${role}; GRANT USAGE ON SCHEMA log TO ${role}`);
  await writer.query(`GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA log TO ${role}`);
  onTestFinished(async () => {
    await organization.db.query(`DROP OWNED BY ${role}`, []);
    await organization.db.query(`DROP ROLE ${role}`, []);
  });
  await writer.query(`BEGIN; SET LOCAL ROLE ${role}`);
  await writer.query(COPY.replace("log.event", month), [organization.organization.pk, "other role"]);
  const id = await request(organization);
  await beginBehind(organization, id, writer);
  expect(await actionsIn(organization, id)).toEqual(["document.updated", "other role"]);
});

test("an export does not wait for readers, and omits what they store after its cut-off", async ({
  organization,
  world,
}) => {
  await storeEvents(organization, [anEvent()]);
  const late = await openTransaction(world.databaseUrl);
  await late.query("SELECT count(*) FROM log.event");
  // It has a transaction ID, but no rows in the log.
  await late.query("SELECT pg_current_xact_id()");
  const id = await request(organization);
  expect(await beginExport(organization, id)).toBe(true);
  await late.query(COPY, [organization.organization.pk, "after"]);
  await late.query("COMMIT");
  expect(await actionsIn(organization, id)).toEqual(["document.updated"]);
  expect((await getExport(organization, id)).progress).toMatchObject({ rowsDone: 1, rowsTotal: 1 });
});

test("an event's received_at is when it is stored, not when its transaction began", async ({ organization, world }) => {
  await storeEvents(organization, [anEvent()]);
  const slow = await openTransaction(world.databaseUrl);
  const [{ now } = { now: new Date(0) }] = (await slow.query<{ now: Date }>("SELECT now()")).rows;
  await slow.query("SELECT pg_sleep(0.05)");
  await slow.query(COPY, [organization.organization.pk, "later"]);
  await slow.query("COMMIT");
  const [row] = await organization.db.query<{ received: Date }>(
    "SELECT received_at AS received FROM log.event WHERE organization_pk = $1 AND action = 'later'",
    [organization.organization.pk],
  );
  expect(row?.received.getTime()).toBeGreaterThanOrEqual(now.getTime() + 49);
});
