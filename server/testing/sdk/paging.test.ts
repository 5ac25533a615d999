import { describe, expect } from "vitest";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { createOrganization } from "@/server/testing/factories";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Client } from "./client";
import { sdks } from "./clients";
import { test } from "./fixtures";

const COUNT = 205;

async function createMany(environment: EnvironmentScope): Promise<string[]> {
  const created = await Promise.all(
    Array.from({ length: COUNT }, (_, n) => createOrganization(environment, `Organization ${n}`)),
  );
  return created.map(({ organization }) => organization.id).toSorted();
}

/** Follows one cursor from the first page to the end, like an application. */
async function follow(
  { organizations }: Client,
  cursor: "after" | "before",
  options: { order?: "asc" | "desc" },
): Promise<string[]> {
  const ids: string[] = [];
  let next: string | null | undefined;
  do {
    const page = await organizations.listOrganizations({ ...options, limit: 50, ...(next && { [cursor]: next }) });
    ids.push(...page.data.map(({ id }) => id));
    next = page.listMetadata[cursor];
  } while (next);
  return ids;
}

describe.each(sdks)("@workos-inc/node $version", ({ version, open }) => {
  const generation = Number.parseInt(version, 10);

  test("pages through 205 organizations, each once and in order", async ({ host, environment }) => {
    const ascending = await createMany(environment);
    const client = open(host);
    expect(await follow(client, "after", { order: "desc" })).toEqual(ascending.toReversed());
    expect(await follow(client, "after", { order: "asc" })).toEqual(ascending);
    if (generation === 2) {
      // Only this version can omit the order; `before` then leads to older items.
      expect(await follow(client, "before", {})).toEqual(ascending.toReversed());
      return;
    }
    const all = await (await client.organizations.listOrganizations()).autoPagination?.();
    expect(all?.map(({ id }) => id)).toEqual(ascending.toReversed());
  });
});

const withSchemas = sdks.filter(({ version }) => Number.parseInt(version, 10) >= 9);
test.for(withSchemas)(
  "@workos-inc/node $version pages through 120 versions of a schema",
  async ({ open }, { world, host, environment }) => {
    for (let version = 1; version <= 120; version += 1) {
      world.clock.now = new Date(world.clock.now.getTime() + 1);
      await createEventSchema(environment, "team.renamed", {
        targets: [{ type: `team_${version}`, metadata: null }],
        actorMetadata: null,
        metadata: null,
      });
    }
    const list = await open(host).auditLogs.listSchemas?.("team.renamed");
    const versions = (await list?.autoPagination?.())?.map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n));
  },
);
