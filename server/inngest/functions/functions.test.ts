import { serve } from "inngest/edge";
import { pino } from "pino";
import { expect } from "vitest";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";
import { startRunner } from "@/server/embedded/runner/runner";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import { createFunctions } from "./create-functions";
import type { Database } from "@/server/kernel/ports/database";
import { currentRequestId } from "@/server/kernel/request-context";
import type { Services } from "@/server/kernel/services";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport } from "@/server/testing/run-export";

const log = pino({ level: "silent" });
const DAY = 86_400_000;
const signingKey = `signkey-prod-${"ab".repeat(32)}`;

function withoutPrisma(services: Services): Services {
  const db: Database = {
    ...services.db,
    get prisma(): never {
      throw new Error("Prisma was used.");
    },
  };
  return { ...services, db };
}

test("the embedded runner supports every function and deletes an organization's data", async ({ world }) => {
  const carrier = openRunnerFetch(world.databaseUrl, log);
  const inngest = createInngestClient({ eventKey: "event-key-for-tests", signingKey, fetch: carrier.fetch });
  const services = { ...world.services, send: sendThrough(inngest), now: () => new Date() };
  const handler = serve({
    client: inngest,
    functions: createFunctions(inngest, withoutPrisma(services)),
    enableUnauthedSync: false,
  });
  const runner = await startRunner({ databaseUrl: world.databaseUrl, handler, signingKey, log });

  const organization = await createOrganization(await createEnvironment(services));
  await seedEvents(organization, { count: 20_000, from: new Date("2026-01-01"), to: new Date("2027-01-01"), seed: 1 });
  await deleteOrganization(organization);
  const { pk } = organization.organization;
  const row = () => services.db.prisma.organization.findUnique({ where: { pk }, select: { deletedAt: true } });
  expect(await row()).toMatchObject({ deletedAt: expect.any(Date) as Date });
  await expect.poll(row, { timeout: 45_000, interval: 200 }).toBeNull();
  expect(await services.db.query("SELECT 1 FROM log.event e WHERE e.organization_pk = $1", [pk])).toEqual([]);
  await runner.stop();
  await carrier.close();
});

test("scheduled functions do not use Prisma, whose engine would stay in the worker's memory", async ({
  world,
  organization,
}) => {
  const id = await request(organization);
  await runExport(organization, id);
  await deleteOrganization(organization);
  world.clock.now = new Date(world.clock.now.getTime() + 30 * DAY);

  const inngest = createInngestClient({ eventKey: "event-key-for-tests", signingKey });
  const functions = createFunctions(inngest, withoutPrisma(world.services));
  const scheduled = functions.filter(({ opts }) => (opts.triggers as readonly object[]).some((each) => "cron" in each));
  expect(scheduled).toHaveLength(10);
  const step = { run: (_id: string, work: () => unknown) => work() };
  // Inngest itself would send a request for each step.
  for (const each of scheduled) await (each["fn"] as (context: unknown) => unknown)({ step });
});

test("the steps of an export run with the ID of the request that started it", async ({ world, organization }) => {
  const exportId = await request(organization);
  const seen = new Set<string | undefined>();
  const db: Database = {
    ...world.services.db,
    query(...parameters) {
      seen.add(currentRequestId());
      return world.services.db.query(...parameters);
    },
  };
  const inngest = createInngestClient({ eventKey: "event-key-for-tests", signingKey });
  const writeExport = createFunctions(inngest, { ...world.services, db }).find(
    ({ opts }) => opts.id === "write-export",
  );
  if (!writeExport) throw new Error("There is no such function.");
  const step = { run: (_id: string, work: () => unknown) => work() };
  const data = { exportId, organizationId: organization.organization.id, requestId: "request-1" };
  // Inngest itself would send a request for each step.
  await (writeExport["fn"] as (context: unknown) => unknown)({ event: { data }, step });
  expect([...seen]).toEqual(["request-1"]);
});
