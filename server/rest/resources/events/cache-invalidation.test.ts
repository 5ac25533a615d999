import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey, revokeApiKey } from "@/server/domain/api-keys/api-keys";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { openDatabase } from "@/server/infra/postgres/database";
import type { Changes } from "@/server/kernel/ports/database";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";
import { inAnotherProcess, type TestServices } from "@/server/testing/services";

/** What is promised of changes by other processes, in milliseconds. */
const PROMISE = 1_000;
const DEAF: Changes = { subscribe: () => undefined, syncedUntil: () => -Infinity };

/** A second web process, which answers without interruption while the first changes something. */
async function otherProcess({ services, databaseUrl }: TestServices, deaf: Changes | null) {
  const environment = await createEnvironment(services);
  const opened = openDatabase(databaseUrl, services.log);
  const api = await serveApi(
    inAnotherProcess({ ...services, db: deaf === null ? opened : { ...opened, changes: deaf } }),
  );
  const organization = await createOrganization(environment);
  const { key, secret } = await createApiKey(environment, { name: "backend" });
  const send = async () => {
    const answer = await fetch(`${api.url}/audit_logs/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ ...exampleEvent, organization_id: organization.organization.id }),
    });
    return answer.status;
  };
  return {
    environment,
    organization,
    keyId: key.id,
    send,
    async close() {
      await api.close();
      await opened.close();
    },
  };
}

test.for([
  ["hears of it", null],
  ["hears nothing of other processes", DEAF],
] satisfies [string, Changes | null][])(
  "a revoked key, a deleted organization and a new schema count within a second in another process that %s, under load",
  async ([, deaf], { world }) => {
    const changes: Record<number, (other: Awaited<ReturnType<typeof otherProcess>>) => Promise<unknown>> = {
      401: ({ environment, keyId }) => revokeApiKey(environment, keyId),
      404: ({ organization }) => deleteOrganization(organization),
      400: ({ environment }) =>
        createEventSchema(environment, exampleEvent.event.action, {
          targets: [{ type: "a type that the event has not", metadata: null }],
          actorMetadata: null,
          metadata: null,
        }),
    };
    for (const [refusal, change] of Object.entries(changes)) {
      const other = await otherProcess(world, deaf);
      // Long enough for whatever listens to have begun, and so that what is remembered is asked for all the time.
      for (const end = performance.now() + 1_200; performance.now() < end; await pause(20)) {
        expect(await other.send()).toBe(201);
      }
      await change(other);
      const changed = performance.now();
      const late: number[] = [];
      for (let status = 201; performance.now() < changed + 2 * PROMISE && status === 201; await pause(20)) {
        const asked = performance.now();
        status = await other.send();
        if (status === 201 && asked > changed + PROMISE) late.push(asked - changed);
        else if (status !== 201) expect(String(status)).toBe(refusal);
      }
      expect(late, refusal).toEqual([]);
      expect(String(await other.send()), refusal).toBe(refusal);
      await other.close();
    }
  },
);
