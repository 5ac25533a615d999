import { expect } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { getEvent } from "@/server/domain/events/get-event";
import { listEvents } from "@/server/domain/events/list-events";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { inAnotherProcess } from "@/server/testing/services";

test("a view is recorded once per 15 minutes for each principal, list and event", async ({ world, organization }) => {
  const [first = "", second = ""] = await storeEvents(organization, [anEvent(), anEvent()]);
  const filters = eventFilters.parse({ from: new Date(0), to: new Date("2030-01-01") });
  const list = (scope = organization) => listEvents(scope, { filters, cursor: null, limit: 1 });
  const seen = async () => {
    const where = { organizationPk: organization.organization.pk };
    const rows = await organization.db.prisma.activity.findMany({ where, orderBy: { action: "asc" } });
    return rows.map(({ action, actor, details }) => [action, (actor as { name: string }).name, details]);
  };
  await Promise.all(Array.from({ length: 20 }, () => list()));
  // Another process does not have these views in its cache.
  const elsewhere = inAnotherProcess(organization);
  await Promise.all([list(elsewhere), getEvent(elsewhere, first), getEvent(organization, first)]);
  await getEvent(organization, second);
  expect(await seen()).toHaveLength(3);
  expect(await seen()).toEqual(
    expect.arrayContaining([
      ["event.viewed", "Grace Hopper", { eventId: first }],
      ["event.viewed", "Grace Hopper", { eventId: second }],
      ["events.viewed", "Grace Hopper", {}],
    ]),
  );

  await list({ ...organization, principal: { type: "portal_session", id: "portal_session_1", name: "Acme (portal)" } });
  expect(await seen()).toContainEqual(["events.viewed", "Acme (portal)", {}]);
  world.clock.now = new Date(world.clock.now.getTime() + 15 * 60_000);
  await list();
  expect(await seen()).toHaveLength(5);
});
