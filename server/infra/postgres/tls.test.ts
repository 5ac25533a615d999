import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unprivilegedUser } from "@/server/embedded/postgres/os-user";
import { type RunningPostgres, startPostgres } from "@/server/embedded/postgres/start-postgres";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { anEvent, createEnvironment, createOrganization, storeEvents } from "@/server/testing/factories";
import { request, runExport } from "@/server/testing/run-export";
import { createTestServices } from "@/server/testing/services";
import { checkServer } from "./check-server";
import { connect } from "./connection";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const note = hasOpenssl ? "" : " (skipped: openssl is not installed)";
const tlsTest = test.skipIf(!hasOpenssl);

let folder: string;
let server: RunningPostgres;

const file = (name: string) => join(folder, name);

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { stdio: "ignore" });
}

/** Creates a key and a certificate that the test's authority signs. */
function sign(name: string, subject: string, names: string): void {
  writeFileSync(file(`${name}.ext`), `subjectAltName=${names}`);
  openssl(
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    file(`${name}.key`),
    "-out",
    file(`${name}.csr`),
    "-subj",
    subject,
  );
  const ca = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial"];
  openssl(
    "x509",
    "-req",
    "-in",
    file(`${name}.csr`),
    ...ca,
    "-days",
    "2",
    "-extfile",
    file(`${name}.ext`),
    "-out",
    file(`${name}.pem`),
  );
}

beforeAll(async () => {
  if (!hasOpenssl) return;
  folder = mkdtempSync(join(tmpdir(), "tls-"));
  chmodSync(folder, 0o711);
  openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    file("ca.key"),
    "-out",
    file("ca.pem"),
    "-days",
    "2",
    "-subj",
    "/CN=Test authority",
  );
  sign("server", "/CN=127.0.0.1", "IP:127.0.0.1");
  sign("client", "/CN=trailport", "DNS:trailport");
  writeFileSync(
    file("pg_hba.conf"),
    `hostssl certified all 127.0.0.1/32 cert
hostssl all all 127.0.0.1/32 scram-sha-256
hostnossl postgres all 127.0.0.1/32 scram-sha-256
`,
  );
  const user = unprivilegedUser();
  for (const name of ["server.key", "server.pem", "ca.pem", "pg_hba.conf"]) {
    chmodSync(file(name), name.endsWith(".key") ? 0o600 : 0o644);
    if (user !== undefined) chownSync(file(name), user.uid, user.gid);
  }
  const settings = {
    fsync: "off",
    ssl: "on",
    ssl_cert_file: file("server.pem"),
    ssl_key_file: file("server.key"),
    ssl_ca_file: file("ca.pem"),
    hba_file: file("pg_hba.conf"),
  };
  server = await startPostgres({ dataDir: folder, log: () => undefined, settings });
  const client = await connect(urlOf("postgres", {}));
  await client.query("CREATE DATABASE certified");
  await client.end();
}, 120_000);

afterAll(async () => {
  if (!hasOpenssl) return;
  await server.stop();
  await rm(folder, { recursive: true });
});

function urlOf(database: string, parameters: Record<string, string>, host = "127.0.0.1"): string {
  const url = new URL(server.url);
  url.hostname = host;
  url.pathname = database;
  url.search = new URLSearchParams(parameters).toString();
  return url.href;
}

tlsTest(
  `every connection of Trailport uses TLS with verify-full and a CA file${note}`,
  { timeout: 60_000 },
  async () => {
    const url = urlOf("trailport", { sslmode: "verify-full", sslrootcert: file("ca.pem") });
    await checkServer(url);
    await applyMigrations(url);
    const world = await createTestServices(url);
    const organization = await createOrganization(await createEnvironment(world.services));
    await storeEvents(organization, [anEvent()]);
    expect((await runExport(organization, await request(organization))).toString()).toContain("document.updated");
    world.services.db.changes.subscribe(() => undefined);
    await expect.poll(() => world.services.db.changes.syncedUntil(), { timeout: 20_000 }).toBeGreaterThan(0);
    const plain = await world.services.db.query(
      `SELECT query FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE datname = 'trailport' AND NOT ssl AND client_addr IS NOT NULL`,
      [],
    );
    expect(plain).toEqual([]);
    await world.close();
  },
);

tlsTest(`sslmode=require encrypts without a CA file, as with psql${note}`, async () => {
  await checkServer(urlOf("trailport", { sslmode: "require" }));
});

tlsTest(`a client certificate signs in without a password${note}`, async () => {
  const certificate = { sslcert: file("client.pem"), sslkey: file("client.key") };
  const url = new URL(urlOf("certified", { sslmode: "verify-full", sslrootcert: file("ca.pem"), ...certificate }));
  url.password = "";
  await checkServer(url.href);
  url.searchParams.delete("sslcert");
  url.searchParams.delete("sslkey");
  await expect(checkServer(url.href)).rejects.toThrow(
    /^DATABASE_URL: could not connect to .* valid client certificate/,
  );
});

tlsTest(`a server without TLS, an unknown authority and a wrong name are rejected in one line${note}`, async () => {
  await expect(checkServer(urlOf("trailport", {}))).rejects.toThrow(/the server requires TLS or rejects this host/);
  await expect(checkServer(urlOf("trailport", { sslmode: "verify-full" }))).rejects.toThrow(
    /^DATABASE_URL: could not connect to trailport@127\.0\.0\.1:\d+\/trailport: the server's certificate was rejected \(\w+\): sslrootcert must name/,
  );
  const other = urlOf("trailport", { sslmode: "verify-full", sslrootcert: file("ca.pem") }, "localhost");
  await expect(checkServer(other)).rejects.toThrow(
    /\(ERR_TLS_CERT_ALTNAME_INVALID\): connect by a name in the server's/,
  );
  const missing = urlOf("trailport", { sslmode: "verify-full", sslrootcert: file("none.pem") });
  await expect(checkServer(missing)).rejects.toThrow(/the file \S+none\.pem can't be read \(ENOENT\)$/);
});
