import Papa from "papaparse";
import { describe, expect } from "vitest";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { runExport } from "@/server/testing/run-export";
import type { NewEvent } from "./client";
import { sdks } from "./clients";
import { test } from "./fixtures";

const event: NewEvent = {
  action: "document.updated",
  occurredAt: new Date("2026-09-15T12:00:00.123Z"),
  actor: { id: "user_ada", type: "user", name: "Ada Lovelace" },
  targets: [{ id: "doc_1", type: "document" }],
  context: { location: "192.0.2.1", userAgent: "Chrome/141" },
  metadata: { attempt: 2, internal: true, note: 'Ünï & "quoted"' },
};
const month = { rangeStart: new Date("2026-09-01T00:00:00.000Z"), rangeEnd: new Date("2026-10-01T00:00:00.000Z") };

async function stored(environment: EnvironmentScope): Promise<object[]> {
  return environment.db.query(
    "SELECT e.action, e.occurred_at, e.actor_name, e.user_agent, e.metadata::jsonb FROM log.event e WHERE e.environment_pk = $1 ORDER BY e.occurred_at",
    [environment.environment.pk],
  );
}

describe.each(sdks)("@workos-inc/node $version", ({ open }) => {
  test("stores events unchanged, and those with the same idempotency key once", async ({ host, organization }) => {
    const { auditLogs } = open(host);
    await auditLogs.createEvent(organization.organization.id, event);
    await auditLogs.createEvent(organization.organization.id, event);
    const later = { ...event, occurredAt: new Date("2026-09-16T00:00:00.000Z") };
    await Promise.all(
      [1, 2, 3].map(() => auditLogs.createEvent(organization.organization.id, later, { idempotencyKey: "event-1" })),
    );
    const { action, metadata } = event;
    const row = {
      action,
      occurred_at: event.occurredAt,
      actor_name: "Ada Lovelace",
      user_agent: "Chrome/141",
      metadata,
    };
    expect(await stored(organization)).toEqual([row, row, { ...row, occurred_at: later.occurredAt }]);
  });

  test("exports the events that match the filters", async ({ host, api, organization }) => {
    const { auditLogs } = open(host);
    for (const name of ["Ada", "Grace", "Edsger"]) {
      const actor = { id: `user_${name}`, type: "user", name };
      await auditLogs.createEvent(organization.organization.id, { ...event, actor });
      await auditLogs.createEvent(organization.organization.id, { ...event, actor, action: "document.read" });
    }
    const filters = { actions: ["document.updated"], actorNames: ["Ada", "Grace"], targets: ["document"] };
    const requested = await auditLogs.createExport({
      organizationId: organization.organization.id,
      ...month,
      ...filters,
    });
    expect(requested).toMatchObject({ object: "audit_log_export", state: "pending" });
    expect(requested.url).toBeUndefined();
    expect(await auditLogs.getExport(requested.id)).toMatchObject({ id: requested.id, state: "pending" });

    await runExport(organization, requested.id);
    const ready = await auditLogs.getExport(requested.id);
    expect(ready).toMatchObject({ id: requested.id, state: "ready" });
    const { pathname, search } = new URL(ready.url ?? "");
    const file = await fetch(api.url + pathname + search);
    expect(file.headers.get("content-disposition")).toMatch(/^attachment/);
    const rows = Papa.parse<Record<string, string>>(await file.text(), { header: true, skipEmptyLines: true }).data;
    expect(rows.map((row) => `${row["action"]} ${row["actor_name"]}`).toSorted()).toEqual([
      "document.updated Ada",
      "document.updated Grace",
    ]);
  });
});

const withSchemas = sdks.filter(({ version }) => Number.parseInt(version, 10) >= 7);
describe.each(withSchemas)("schemas in @workos-inc/node $version", ({ version, open }) => {
  test("creates schema versions, which events must match", async ({ world, host, organization, environment }) => {
    const { auditLogs } = open(host);
    const schema = {
      action: "team.renamed",
      targets: [{ type: "team", metadata: { size: "number" } }],
      metadata: { reason: "string" },
    };
    const first = await auditLogs.createSchema?.({ ...schema, targets: [{ type: "team" }], metadata: {} });
    expect(first).toMatchObject({ object: "audit_log_schema", version: 1, targets: [{ type: "team" }] });
    world.clock.now = new Date(world.clock.now.getTime() + 1);
    expect(await auditLogs.createSchema?.(schema)).toMatchObject({
      version: 2,
      targets: schema.targets,
      metadata: schema.metadata,
    });

    const { id } = organization.organization;
    const renamed = {
      ...event,
      action: "team.renamed",
      targets: [{ id: "team_1", type: "team" }],
      metadata: { reason: "new" },
    };
    await auditLogs.createEvent(id, renamed);
    await auditLogs.createEvent(id, { ...renamed, version: 2 });
    const expected = {
      name: "BadRequestException",
      status: 400,
      code: "invalid_audit_log_event",
      message: "Invalid Audit Log event.",
    };
    await expect(auditLogs.createEvent(id, { ...renamed, version: 2, metadata: { reason: 3 } })).rejects.toMatchObject(
      expected,
    );
    await expect(auditLogs.createEvent(id, { ...renamed, version: 2, targets: event.targets })).rejects.toMatchObject(
      expected,
    );
    expect(await stored(environment)).toHaveLength(2);

    if (Number.parseInt(version, 10) >= 9) {
      const list = await auditLogs.listSchemas?.("team.renamed", { limit: 10 });
      expect(list?.data.map((each) => each.version)).toEqual([2, 1]);
      await expect(auditLogs.listSchemas?.("unknown.action")).rejects.toMatchObject({
        name: "NotFoundException",
        status: 404,
      });
    }
  });
});
