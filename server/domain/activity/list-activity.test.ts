import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { inviteMember } from "@/server/domain/team/invitations";
import { requestExport } from "@/server/domain/exports/request-export";
import { activityRequest } from "@/schemas/activity/activity";
import { eventFilters } from "@/schemas/events/event-filters";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { createMember } from "@/server/testing/staff";
import { listActivity, listActivityActors } from "./list-activity";

const range = { from: new Date("2026-01-01"), to: new Date("2027-01-01") };

async function actions(scope: EnvironmentScope, filters: object = {}): Promise<string[]> {
  const { items } = await listActivity(scope, activityRequest.parse({ ...range, ...filters }));
  return items.map(({ action }) => action);
}

const as = (scope: EnvironmentScope, type: "user" | "api_key", name: string): EnvironmentScope => ({
  ...scope,
  principal: { type, id: `${type}_${name}`, name },
});

test("activity can be filtered by actor, kind, time and organization, and paged without gaps", async ({
  world: { clock },
  environment,
}) => {
  const [ada, robot] = [as(environment, "user", "Ada"), as(environment, "api_key", "robot")];
  const acme = await createOrganization(ada, "Acme");
  const globex = await createOrganization(robot, "Globex");
  const filters = eventFilters.parse(range);
  const next = () => (clock.now = new Date(clock.now.getTime() + 60_000));
  await createApiKey(ada, { name: "first" });
  const middle = next();
  await requestExport(acme, { filters });
  next();
  await requestExport(globex, { filters });

  expect(await actions(ada)).toEqual(["export.requested", "export.requested", "api_key.created"]);
  expect(await actions(ada, { kinds: ["keys"] })).toEqual(["api_key.created"]);
  expect(await actions(ada, { actorIds: ["api_key_robot"] })).toEqual(["export.requested"]);
  expect(await actions(ada, { from: middle })).toHaveLength(2);
  expect(await actions(ada, { to: middle })).toEqual(["api_key.created"]);
  const ofAcme = await listActivity(ada, activityRequest.parse({ ...range, organizationIds: [acme.organization.id] }));
  expect(ofAcme.items).toMatchObject([{ actor: { name: "Ada" }, organization: { name: "Acme", deleted: false } }]);
  expect(await listActivityActors(ada)).toEqual([
    { id: "user_Ada", name: "Ada", type: "user" },
    { id: "api_key_robot", name: "robot", type: "api_key" },
  ]);

  for (let n = 0; n < 20; n++) await createApiKey(ada, { name: `key ${n}` });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listActivity(ada, activityRequest.parse({ ...range, limit: 3, cursor }));
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  expect(seen).toHaveLength(23);
  expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
});

test("activity covers one's own environment and, for staff, the workspace, but no other tenant", async ({
  world: { services },
  environment,
}) => {
  const staff = as(environment, "user", "Ada");
  const { workspaceId } = await services.db.prisma.environment.findUniqueOrThrow({
    where: { pk: environment.environment.pk },
  });
  const owner = await createMember(services, workspaceId, { role: "owner" });
  await inviteMember(owner, { email: "new@vendor.example", role: "viewer" });
  const other = as(await createEnvironment(services), "user", "Eve");
  await createApiKey(other, { name: "of another workspace" });

  expect(await actions(staff)).toEqual(["member.invited"]);
  expect(await actions(as(environment, "api_key", "robot"))).toEqual([]);
  expect(await actions(other)).toEqual(["api_key.created"]);
  expect(await listActivityActors(other)).toMatchObject([{ name: "Eve" }]);
});
