import { expect } from "vitest";
import { anEvent } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { requireValidEvent } from "./require-valid-event";

test("an environment's new actions take two connections at a time, however many a batch has", async ({
  environment,
}) => {
  let [running, most] = [0, 0];
  const query: typeof environment.db.query = async (...statement) => {
    running += 1;
    most = Math.max(most, running);
    try {
      return await environment.db.query(...statement);
    } finally {
      running -= 1;
    }
  };
  // The real database, whose statements are counted.
  const db: typeof environment.db = Object.create(environment.db, { query: { value: query } });
  const actions = Array.from({ length: 50 }, (_, n) => `new.action_${n}`);
  await Promise.all(actions.map((action) => requireValidEvent({ ...environment, db }, anEvent({ action }))));
  expect(most).toBe(2);
  const where = { environmentPk: environment.environment.pk };
  expect(await environment.db.prisma.action.count({ where })).toBe(50);
});
