import { expect } from "vitest";
import { expireIdempotency } from "@/server/domain/events/ingest/expire-idempotency";
import { exampleEvent } from "@/schemas/events/event-body";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/rest-fixtures";

const KEY = { "idempotency-key": "key-1" };

test("the same key for two organizations stores one event for each", async ({ call, environment, organization }) => {
  const other = await createOrganization(environment, "Other");
  const ids = [organization, other].map((each) => each.organization.id);
  for (const organization_id of [...ids, ...ids]) {
    expect(await call("POST", "/audit_logs/events", { ...exampleEvent, organization_id }, KEY)).toMatchObject({
      status: 201,
    });
  }
  const rows = await environment.db.query<{ pk: number }>(
    "SELECT e.organization_pk AS pk FROM log.event e WHERE e.organization_pk = ANY($1) ORDER BY 1",
    [[organization.organization.pk, other.organization.pk]],
  );
  expect(rows.map(({ pk }) => pk)).toEqual(
    [organization.organization.pk, other.organization.pk].toSorted((a, b) => a - b),
  );
});

test("an idempotency key expires after 24 hours, even before it is deleted", async ({
  world,
  call,
  environment,
  organization,
}) => {
  const body = { ...exampleEvent, organization_id: organization.organization.id };
  const send = async () => expect((await call("POST", "/audit_logs/events", body, KEY)).status).toBe(201);
  const age = (hours: number) =>
    environment.db.query(
      "UPDATE log.idempotency SET created_at = now() - make_interval(mins => $2) WHERE environment_pk = $1",
      [environment.environment.pk, Math.round(hours * 60)],
    );
  const count = async () =>
    (
      await environment.db.query("SELECT 1 FROM log.event e WHERE e.organization_pk = $1", [
        organization.organization.pk,
      ])
    ).length;
  const deleteExpired = () => expireIdempotency({ ...world.services, now: () => new Date() });
  await send();
  await age(23.9);
  await deleteExpired();
  await send();
  expect(await count()).toBe(1);

  await age(24.1);
  await send();
  expect(await count()).toBe(2);
  // The second event renewed the key.
  await send();
  expect(await count()).toBe(2);

  await age(24.1);
  await deleteExpired();
  const keys = await environment.db.query("SELECT 1 FROM log.idempotency WHERE environment_pk = $1", [
    environment.environment.pk,
  ]);
  expect(keys).toEqual([]);
  await send();
  expect(await count()).toBe(3);
});
