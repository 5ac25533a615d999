import { expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { type ApiResponse, test } from "@/server/testing/rest-fixtures";

const statusesOf = ({ body }: ApiResponse) => (body["data"] as { status: string }[]).map(({ status }) => status);

test("an environment gets at most 500 new actions per minute, and their other events wait", async ({
  call,
  world,
  environment,
  organization,
}) => {
  const countActions = () =>
    environment.db.prisma.action.count({ where: { environmentPk: environment.environment.pk } });
  const events = Array.from({ length: 600 }, (_, n) => ({
    organization_id: organization.organization.id,
    event: { ...exampleEvent.event, action: `new.action_${n}` },
  }));
  const statuses = statusesOf(await call("POST", "/audit_logs/events/batch", events));
  expect(statuses.filter((status) => status === "stored")).toHaveLength(500);
  expect(statuses.filter((status) => status === "unavailable")).toHaveLength(100);
  expect(await countActions()).toBe(500);

  const rest = events.filter((_, n) => statuses[n] === "unavailable");
  const single = await call("POST", "/audit_logs/events", rest[0]);
  expect(single).toMatchObject({ status: 429, body: { code: "rate_limit_exceeded" } });
  expect(single.headers.get("retry-after")).toBe("10");
  const schema = { targets: [{ type: "team" }] };
  expect(await call("POST", "/audit_logs/actions/a.schema/schemas", schema)).toMatchObject({ status: 429 });
  // Known actions are not affected.
  const known = events.find((_, n) => statuses[n] === "stored");
  expect(await call("POST", "/audit_logs/events", known)).toMatchObject({ status: 201 });

  world.clock.now = new Date(world.clock.now.getTime() + 60_000);
  expect(new Set(statusesOf(await call("POST", "/audit_logs/events/batch", rest)))).toEqual(new Set(["stored"]));
  expect(await countActions()).toBe(600);
});
