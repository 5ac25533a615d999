import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { DomainError } from "@/server/kernel/errors";
import { exampleEvent } from "@/schemas/events/event-body";
import type { EventWriter } from "@/server/kernel/ports/event-writer";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";

test("after a partly stored batch, sending the unavailable events again stores each event once", async ({
  world,
  environment,
}) => {
  const { organization } = await createOrganization(environment);
  const { secret } = await createApiKey(environment, { name: "backend" });
  let room = 3;
  const events: EventWriter = {
    async write(row) {
      if (room === 0)
        throw new DomainError("unavailable", "Too many events are waiting.", { headers: { "retry-after": "1" } });
      room -= 1;
      return world.services.events.write(row);
    },
  };
  const api = await serveApi({ ...world.services, events });
  const post = async (batch: readonly unknown[]) => {
    const response = await fetch(`${api.url}/audit_logs/events/batch`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify(batch),
    });
    const body = (await response.json()) as { readonly data?: readonly { readonly status: string }[] };
    return { status: response.status, retryAfter: response.headers.get("retry-after"), results: body.data ?? [] };
  };
  const stored = async () =>
    (
      await environment.db.query<{ n: string }>(
        "SELECT e.metadata->>'n' AS n FROM log.event e WHERE e.organization_pk = $1 ORDER BY 1",
        [organization.pk],
      )
    ).map(({ n }) => n);
  const rejections = () =>
    environment.db.prisma.rejectedEvent.count({ where: { environmentPk: environment.environment.pk } });

  const sent = Array.from({ length: 8 }, (_, n) => ({
    organization_id: organization.id,
    event: { ...exampleEvent.event, metadata: { n: String(n) } },
  }));
  const batch: unknown[] = [...sent, { organization_id: organization.id, event: {} }];
  const first = await post(batch);
  expect(first.status).toBe(200);
  const statuses = first.results.map(({ status }) => status);
  expect(statuses.filter((status) => status === "stored")).toHaveLength(3);
  expect(statuses.filter((status) => status === "unavailable")).toHaveLength(5);
  expect(first.results[8]).toMatchObject({
    status: "refused",
    message: expect.stringContaining("Validation failed.") as string,
  });
  expect(await stored()).toEqual(sent.map((_, n) => String(n)).filter((_, n) => statuses[n] === "stored"));
  expect(await rejections()).toBe(1);

  const rest = batch.filter((_, n) => statuses[n] === "unavailable");
  expect(await post([...rest, "no event"])).toMatchObject({ status: 503, retryAfter: "1" });
  // The sender repeats the whole request, so its rejected event is not kept yet.
  expect([await stored(), await rejections()]).toMatchObject([{ length: 3 }, 1]);
  room = 100;
  expect((await post(rest)).results.map(({ status }) => status)).toEqual(rest.map(() => "stored"));
  expect(await stored()).toEqual(sent.map((_, n) => String(n)));
  await api.close();
});
