import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import pg from "pg";
const pool = new pg.Pool({ connectionString: "postgres://postgres@127.0.0.1:55999/postgres" });
await pool.query("DROP SCHEMA IF EXISTS runner CASCADE; DROP TABLE IF EXISTS ran; CREATE TABLE ran (k text)");
await pool.query(readFileSync("/work/main/prisma/migrations/20261122000300_runner/migration.sql", "utf8"));
let kills = 0; const t = Date.now();
for (;;) {
  const w = spawn(process.execPath, ["--import", "tsx", "server/embedded/runner/adhoc-worker.ts", kills === 0 ? "send" : ""], { stdio: "inherit" });
  await new Promise((r) => setTimeout(r, 2500 + Math.random() * 1500));
  const { rows } = await pool.query("SELECT function_id f, status, count(*)::int n FROM runner.runs GROUP BY 1,2 ORDER BY 1,2");
  if (kills > 0 && rows.every((r) => r.status !== "open") && rows.length === 2 && rows.every(r => r.n === 100)) { console.log(rows); w.kill("SIGKILL"); break; }
  w.kill("SIGKILL"); kills++;
  if (Date.now() - t > 140000) { console.log("TIMEOUT", rows); break; }
}
const r = await pool.query("SELECT count(DISTINCT k)::int distinct, count(*)::int total FROM ran");
const left = await pool.query("SELECT count(*)::int jobs FROM runner.jobs");
console.log({ kills, ...r.rows[0], ...left.rows[0], ms: Date.now() - t });
await pool.end();
