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

/** Milliseconds within which a change takes effect in other processes. */
const MAX_DELAY = 1_000;
const NO_NOTIFICATIONS: Changes = { subscribe: () => undefined, syncedUntil: () => -Infinity };

/** Starts a second web process with an environment of its own; `changes` replaces its notifications. */
async function otherProcess({ services, databaseUrl }: TestServices, changes: Changes | null) {
  const environment = await createEnvironment(services);
  const opened = openDatabase(databaseUrl, services.log);
  const api = await serveApi(inAnotherProcess({ ...services, db: changes === null ? opened : { ...opened, changes } }));
  const organization = await createOrganization(environment);
  const { key, secret } = await createApiKey(environment, { name: "backend" });
  const send = async () => {
    const response = await fetch(`${api.url}/audit_logs/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ ...exampleEvent, organization_id: organization.organization.id }),
    });
    return response.status;
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

type OtherProcess = Awaited<ReturnType<typeof otherProcess>>;

/** Changes by the status with which the other process then rejects events. */
const CHANGES: Record<number, (other: OtherProcess) => Promise<unknown>> = {
  401: ({ environment, keyId }) => revokeApiKey(environment, keyId),
  404: ({ organization }) => deleteOrganization(organization),
  400: ({ environment }) =>
    createEventSchema(environment, exampleEvent.event.action, {
      targets: [{ type: "a type that the event does not have", metadata: null }],
      actorMetadata: null,
      metadata: null,
    }),
};

test.for([
  ["with notifications", null],
  ["without notifications", NO_NOTIFICATIONS],
] satisfies [string, Changes | null][])(
  "%s, changes to keys, organizations and schemas take effect elsewhere in a second",
  async ([, notifications], { world }) => {
    const observe = async ([rejection, change]: [string, (other: OtherProcess) => Promise<unknown>]) => {
      const other = await otherProcess(world, notifications);
      // Long enough for the listener to connect, and constant requests keep everything cached.
      for (const end = performance.now() + 1_200; performance.now() < end; await pause(20)) {
        expect(await other.send()).toBe(201);
      }
      await change(other);
      const changed = performance.now();
      const late: number[] = [];
      for (let status = 201; performance.now() < changed + 2 * MAX_DELAY && status === 201; await pause(20)) {
        const sentAt = performance.now();
        status = await other.send();
        if (status === 201 && sentAt > changed + MAX_DELAY) late.push(sentAt - changed);
        else if (status !== 201) expect(String(status)).toBe(rejection);
      }
      expect(late, rejection).toEqual([]);
      expect(String(await other.send()), rejection).toBe(rejection);
      await other.close();
    };
    await Promise.all(Object.entries(CHANGES).map(observe));
  },
);
