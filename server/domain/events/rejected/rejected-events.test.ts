import { expect } from "vitest";
import { MAX_REJECTED_EVENTS } from "@/schemas/limits";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { createEnvironment } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { keepRejectedEvents, listRejectedEvents } from "./rejected-events";

const failure = new DomainError("invalid_input", "Validation failed.");
const lot = (name: string, count: number) =>
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

test("a thousand refusals of one batch are kept in one statement", async ({ environment }) => {
  await keepRejectedEvents(environment, lot("a", 1_000));
  expect(await kept(environment)).toEqual({ rows: 1_000, transactions: 1 });
});

test("a sender in a loop fills no disk: the newest of its environment are kept, and others' are left alone", async ({
  world,
  environment,
}) => {
  const other = await createEnvironment(world.services);
  await keepRejectedEvents(other, lot("other", 5));
  for (let n = 0; n < 14; n += 1) {
    world.clock.now = new Date(world.clock.now.getTime() + 1_000);
    await keepRejectedEvents(environment, lot(`lot${n}`, 1_000));
    expect((await kept(environment))?.rows).toBeLessThan(MAX_REJECTED_EVENTS + 1_000);
  }
  const { items } = await listRejectedEvents(environment, { limit: 5, state: "all" });
  for (const { action } of items) expect(action).toMatch(/^lot13\./);
  expect(await kept(other)).toMatchObject({ rows: 5 });
});
