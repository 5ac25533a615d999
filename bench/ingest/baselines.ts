import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import type { BenchDatabase } from "@/bench/bench-database";

const CLIENTS = 16;
const COPIED = 50_000;
const COLUMNS = `id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, actor_name, targets,
  target_types, target_ids, location, user_agent, metadata`;

/**
 * Returns the column values of an event like those that the senders send; the arguments are SQL for the parts that vary. A
 * space follows each colon in the JSON, because pgbench reads `:null` as a variable, even inside a string.
 */
function values(environment: string, organization: string, actor: string, document: string): string {
  return `uuidv7(), ${environment}, ${organization}, 'document.updated', 1, clock_timestamp(), 'user_' || ${actor}::int, 'user', 'Person ' || ${actor}::int,
  ('[{"id":"document_' || ${document}::int || '","type":"document","name":"The document","metadata": null}]')::json,
  ARRAY['document'], ARRAY['document_' || ${document}::int], '192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0 Safari/537.36',
  ('{"request_id": "' || left(md5(random()::text), 18) || '", "attempt": 1, "internal": true}')::json`;
}

export interface Pks {
  readonly environment: number;
  readonly firstOrganization: number;
  readonly lastOrganization: number;
}

/** Runs one INSERT per event and transaction with 16 pgbench clients. Returns events per second. */
export async function insertByPgbench(
  { databaseUrl, folder }: BenchDatabase,
  pks: Pks,
  seconds: number,
): Promise<number> {
  const script = path.join(folder, "insert.sql");
  const insert = `INSERT INTO log.event (${COLUMNS}) VALUES (${values(String(pks.environment), ":organization", ":actor", ":document")});`;
  await writeFile(
    script,
    `\\set organization random(${pks.firstOrganization}, ${pks.lastOrganization})\n\\set actor random(0, 999)\n\\set document random(0, 99999)\n${insert.replaceAll("\n", " ")}\n`,
  );
  const options = ["-n", "-M", "prepared", "-c", String(CLIENTS), "-j", "2", "-T", String(seconds), "-f", script];
  const { stdout } = await promisify(execFile)("pgbench", [...options, databaseUrl]);
  const rate = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (rate === undefined) throw new Error(`pgbench printed no rate: ${stdout}`);
  return Number(rate);
}

/** Does the same from 16 connections of this process, for machines without pgbench. Slower, so the ratio looks better. */
export async function insertByNode({ databaseUrl }: BenchDatabase, pks: Pks, seconds: number): Promise<number> {
  const text = `INSERT INTO log.event (${COLUMNS}) VALUES (${values("$1::int", "$2::int", "$3", "$4")})`;
  const pick = (from: number, to: number) => from + Math.floor(Math.random() * (to - from + 1));
  const clients = Array.from({ length: CLIENTS }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  const started = performance.now();
  let stored = 0;
  const work = async (client: pg.Client) => {
    while (performance.now() - started < seconds * 1000) {
      const organization = pick(pks.firstOrganization, pks.lastOrganization);
      const values = [pks.environment, organization, pick(0, 999), pick(0, 99_999)];
      await client.query({ name: "insert", text, values });
      stored += 1;
    }
  };
  await Promise.all(clients.map(work));
  const rate = stored / ((performance.now() - started) / 1000);
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}

/** Copies such events from a file on the server in one transaction, without idempotency. Returns events per second. */
export async function copyIn({ sql, folder }: BenchDatabase, pks: Pks): Promise<number> {
  const file = path.join(folder, "events.copy");
  const organizations = pks.lastOrganization - pks.firstOrganization + 1;
  await sql.query(
    `COPY (SELECT ${values(String(pks.environment), "organization", "actor", "document")} FROM (
       SELECT ${pks.firstOrganization} + floor(random() * ${organizations})::int AS organization, floor(random() * 1000) AS actor,
         floor(random() * 100000) AS document FROM generate_series(1, ${COPIED}) OFFSET 0) AS random) TO '${file}'`,
  );
  const started = performance.now();
  await sql.query(`COPY log.event (${COLUMNS}) FROM '${file}'`);
  return COPIED / ((performance.now() - started) / 1000);
}
