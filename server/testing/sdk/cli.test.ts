import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { runExport } from "@/server/testing/run-export";
import type { Host } from "./client";
import { test as base } from "./fixtures";

const program = path.resolve("node_modules/workos/dist/bin.js");

interface Outcome {
  readonly code: number;
  /** Standard output without colors. */
  readonly text: string;
  /** Standard error. */
  readonly errorText: string;
}

/** `test` with WorkOS's command-line tool, configured with this server as its endpoint. */
const test = base.extend<{ home: string; workos: (...args: string[]) => Promise<Outcome> }>({
  home: async ({ host }, use) => {
    const home = await mkdtemp(path.join(tmpdir(), "trailport-cli-"));
    await storeEnvironment(home, host);
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  workos: async ({ home }, use) => {
    // Nothing from the developer's environment, no prompts and no telemetry.
    const env = {
      NODE_ENV: "test" as const,
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      USERPROFILE: home,
      WORKOS_TELEMETRY: "false",
      WORKOS_NO_PROMPT: "1",
      NO_COLOR: "1",
    };
    await use((...args) => {
      return new Promise((resolve) => {
        execFile(process.execPath, [program, ...args, "--insecure-storage"], { env }, (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code), text: stdout.trim(), errorText: stderr.trim() });
        });
      });
    });
  },
});

async function storeEnvironment(home: string, host: Host): Promise<void> {
  await mkdir(path.join(home, ".workos"));
  const environments = { local: { name: "local", type: "sandbox", apiKey: host.key, endpoint: host.url } };
  await writeFile(path.join(home, ".workos/config.json"), JSON.stringify({ activeEnvironment: "local", environments }));
}

const json = ({ text }: Outcome): unknown => JSON.parse(text);

test("workos organization: create, get, list, update, delete", async ({ workos }) => {
  const created = await workos("organization", "create", "Acme", "acme.example:verified");
  expect(json(created)).toMatchObject({
    status: "ok",
    data: { name: "Acme", domains: [{ domain: "acme.example", state: "verified" }] },
  });
  const { id } = (json(created) as { data: { id: string } }).data;
  expect(json(await workos("organization", "get", id))).toMatchObject({ id, name: "Acme" });
  const list = await workos("organization", "list", "--domain", "acme.example", "--limit", "5");
  expect(json(list)).toEqual({ data: [expect.objectContaining({ id })], listMetadata: { before: null, after: null } });
  expect(json(await workos("organization", "update", id, "Renamed"))).toMatchObject({
    status: "ok",
    data: { id, name: "Renamed" },
  });
  expect(json(await workos("organization", "delete", id))).toMatchObject({ status: "ok", data: { id } });
  expect(await workos("organization", "get", id)).toMatchObject({
    code: 1,
    errorText: expect.stringContaining("Organization not found."),
  });
});

test("workos audit-log: create-schema, get-schema, list-actions, create-event, get-retention", async ({
  workos,
  home,
  organization,
}) => {
  const { id } = organization.organization;
  const file = path.join(home, "schema.json");
  await writeFile(file, JSON.stringify({ targets: [{ type: "team", metadata: { size: "number" } }] }));
  expect(json(await workos("audit-log", "create-schema", "team.renamed", "--file", file))).toMatchObject({
    status: "ok",
    data: { version: 1 },
  });
  expect(json(await workos("audit-log", "get-schema", "team.renamed"))).toMatchObject({
    data: [{ object: "audit_log_schema", version: 1, targets: [{ type: "team" }] }],
  });
  // The command prints the field `action`, not `name`.
  expect(json(await workos("audit-log", "list-actions"))).toMatchObject({ data: [{ action: "team.renamed" }] });

  const actor = ["--actor-type", "user", "--actor-id", "user_1", "--actor-name", "Ada"];
  const event = await workos(
    "audit-log",
    "create-event",
    id,
    "--action",
    "user.signed_in",
    ...actor,
    "--occurred-at",
    "2026-09-15T12:00:00Z",
  );
  expect(json(event)).toEqual({
    status: "ok",
    message: "Created audit log event",
    data: { organization_id: id, action: "user.signed_in" },
  });
  const rows = await organization.db.query(
    "SELECT e.actor_name, e.location FROM log.event e WHERE e.environment_pk = $1",
    [organization.environment.pk],
  );
  expect(rows).toEqual([{ actor_name: "Ada", location: "0.0.0.0" }]);
  const rejected = await workos("audit-log", "create-event", id, "--action", "team.renamed", ...actor);
  expect(rejected).toMatchObject({ code: 1, errorText: expect.stringContaining("Invalid Audit Log event.") });
  expect(json(await workos("audit-log", "get-retention", id))).toEqual({ retention_period_in_days: null });
});

test("workos audit-log export waits for the file and prints its URL", async ({ world, workos, organization }) => {
  const { id } = organization.organization;
  const done = workos(
    "audit-log",
    "export",
    "--org",
    id,
    "--range-start",
    "2026-09-01",
    "--range-end",
    "2026-10-01",
    "--actions",
    "a.read,a.written",
  );
  await expect.poll(() => world.sent.at(-1)?.data, { timeout: 30_000 }).toMatchObject({ organizationId: id });
  const [row] = await organization.db.prisma.auditLogExport.findMany({
    where: { organizationPk: organization.organization.pk },
  });
  await runExport(organization, row?.id ?? "");
  expect(json(await done)).toMatchObject({
    id: row?.id,
    state: "ready",
    url: expect.stringContaining(`/downloads/${row?.id}?`),
  });
});

test("workos portal generate-link prints a link", async ({ workos, organization }) => {
  const link = await workos("portal", "generate-link", "--intent", "audit_logs", "--org", organization.organization.id);
  expect(json(link)).toEqual({ link: expect.stringMatching(/\/portal\/launch\?token=[\w-]{43}$/) });
  const rejected = await workos("portal", "generate-link", "--intent", "sso", "--org", organization.organization.id);
  expect(rejected).toMatchObject({ code: 1, errorText: expect.stringContaining("does not support the intent 'sso'") });
});
