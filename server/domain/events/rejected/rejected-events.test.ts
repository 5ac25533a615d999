import { expect } from "vitest";
import { MAX_REJECTED_EVENTS } from "@/schemas/limits";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { createEnvironment } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { keepRejectedEvents, listRejectedEvents } from "./rejected-events";

const failure = new DomainError("invalid_input", "Validation failed.");
const batch = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    body: { event: { action: `${name}.${n}` } },
    idempotencyKey: null,
    failure,
  }));

async function kept({ db, environment }: EnvironmentScope) {
  const [row] = await db.query<{ rows: number; transactions: number }>(
    "SELECT count(*)::int AS rows, count(DISTINCT xmin::text)::int AS transactions FROM rejected_event WHERE environment_pk = $1",
    [environment.pk],
  );
  return row;
}

test("a thousand rejected events of one batch are stored in one statement", async ({ environment }) => {
  await keepRejectedEvents(environment, batch("a", 1_000));
  expect(await kept(environment)).toEqual({ rows: 1_000, transactions: 1 });
});

test("an environment keeps only its newest rejected events, regardless of other environments", async ({
  world,
  environment,
}) => {
  const other = await createEnvironment(world.services);
  await keepRejectedEvents(other, batch("other", 5));
  for (let n = 0; n < 14; n += 1) {
    world.clock.now = new Date(world.clock.now.getTime() + 1_000);
    await keepRejectedEvents(environment, batch(`batch${n}`, 1_000));
    expect((await kept(environment))?.rows).toBeLessThan(MAX_REJECTED_EVENTS + 1_000);
  }
  const { items } = await listRejectedEvents(environment, { limit: 5, state: "all" });
  for (const { action } of items) expect(action).toMatch(/^batch13\./);
  expect(await kept(other)).toMatchObject({ rows: 5 });
});
