import { describe, expect } from "vitest";
import { ALL_TIME } from "@/schemas/limits";
import { eventId, newEventUuid } from "@/server/kernel/ids";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { type ApiResponse, test } from "@/server/testing/rest-fixtures";
import { request, runExport } from "@/server/testing/run-export";

const MINUTE = 60_000;
const FIRST = Date.parse("2026-09-15T12:00:00.000Z");

/** 10 events one minute apart, oldest first. */
const ten = Array.from({ length: 10 }, (_, n) =>
  anEvent({
    action: n % 2 === 0 ? "user.signed_in" : "document.updated",
    occurredAt: new Date(FIRST + n * MINUTE),
    actor: {
      id: `user_${n}`,
      type: n % 5 === 4 ? "api_key" : "user",
      name: n < 5 ? "Lovelace, Ada" : null,
      metadata: null,
    },
    targets: [{ id: "t", type: n < 3 ? "team" : "document", name: null, metadata: null }],
  }),
);
const idsOf = ({ body }: ApiResponse) => (body["data"] as { id: string }[]).map((event) => event.id);
const cursorsOf = ({ body }: ApiResponse) => body["list_metadata"] as { before: string | null; after: string | null };

describe("events", () => {
  test("an event is returned as it was sent, alone and in the list", async ({ call, organization }) => {
    const organizationId = organization.organization.id;
    const event = {
      action: "user.signed_in",
      occurred_at: "2026-09-01T14:00:00.5+02:00",
      version: 1,
      actor: { id: "user_1", type: "user", name: "Ada", metadata: { someKey: true } },
      targets: [{ id: "team_1", type: "team", name: null, metadata: null }],
      context: { location: "192.0.2.1", user_agent: "Chrome" },
      metadata: { n: 1.5, camelCase: "kept" },
    };
    await call("POST", "/audit_logs/events", { organization_id: organizationId, event });
    const listed = await call("GET", `/audit_logs/events?organization_id=${organizationId}`);
    const [item] = listed.body["data"] as Record<string, unknown>[];
    expect(item).toEqual({
      ...event,
      object: "audit_log_event",
      id: expect.stringMatching(/^audit_log_event_/),
      organization_id: organizationId,
      occurred_at: "2026-09-01T12:00:00.500Z",
      received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(await call("GET", `/audit_logs/events/${String(item?.["id"])}`)).toMatchObject({ status: 200, body: item });
  });

  test("a list can be paged to its end and back in every order", async ({ call, organization }) => {
    const oldestFirst = await storeEvents(organization, ten);
    for (const [order, expected] of [
      ["", oldestFirst.toReversed()],
      ["&order=asc", oldestFirst],
      ["&order=null", oldestFirst.toReversed()],
    ] as const) {
      const path = `/audit_logs/events?organization_id=${organization.organization.id}&limit=3${order}`;
      const pages = [await call("GET", path)];
      for (
        let { after } = cursorsOf(pages[0] as ApiResponse);
        after !== null;
        { after } = cursorsOf(pages.at(-1) as ApiResponse)
      ) {
        pages.push(await call("GET", `${path}&after=${after}`));
      }
      expect(pages.flatMap(idsOf)).toEqual(expected);
      expect(cursorsOf(pages[0] as ApiResponse).before).toBeNull();
      const back = await call("GET", `${path}&before=${String(cursorsOf(pages.at(-1) as ApiResponse).before)}`);
      expect(idsOf(back)).toEqual(expected.slice(6, 9));
      expect(cursorsOf(back)).toEqual(back.body["listMetadata"]);
    }
  });

  test("filters accept every form of repeated parameter, and a name may contain a comma", async ({
    call,
    organization,
  }) => {
    const ids = await storeEvents(organization, ten);
    const found = async (query: string) =>
      idsOf(await call("GET", `/audit_logs/events?organization_id=${organization.organization.id}&limit=100&${query}`));
    expect(await found("actions=user.signed_in")).toHaveLength(5);
    expect(await found("actions=user.signed_in&actions[]=document.updated")).toHaveLength(10);
    expect(await found("actions[0]=user.signed_in&targets=team")).toHaveLength(2);
    expect(await found("actor_names=Lovelace,%20Ada")).toHaveLength(5);
    expect(await found("actors=Lovelace,%20Ada&actor_ids=user_4&actor_ids=user_9")).toEqual([ids[4]]);
    expect(await found("actor_types=api_key")).toEqual([ids[9], ids[4]]);
    expect(await found("actor_types[]=user&actor_types[]=system&targets=document")).toHaveLength(5);
    expect(await found("actions=&actors=&targets[]=")).toHaveLength(10);
    expect(await found("exclude[actions]=user.signed_in")).toHaveLength(5);
    expect(await found("exclude[actors][]=Lovelace,%20Ada&exclude[actor_types][0]=api_key")).toHaveLength(4);
    expect(await found("target_ids=t&target_ids[]=other")).toHaveLength(10);
    expect(await found("search=LOVELACE&targets=team")).toHaveLength(3);
    const day = "range_start=2026-09-15&range_end=2026-09-15";
    expect(await found(day)).toHaveLength(10);
    const bound = (n: number) => encodeURIComponent(new Date(FIRST + n * MINUTE).toISOString());
    expect(await found(`range_start=${bound(2)}&range_end=${bound(4)}`)).toEqual([ids[3], ids[2]]);
    expect(await found(`range_start=${bound(2)}&range_end=${bound(2)}`)).toEqual([ids[2]]);
    expect(await found(`range_start=${bound(8)}`)).toEqual([ids[9], ids[8]]);
  });

  test("lists and exports of all time contain events at both ends of the valid range", async ({
    call,
    organization,
  }) => {
    const organization_id = organization.organization.id;
    const ends = [ALL_TIME.from, new Date(ALL_TIME.to.getTime() - 1), ALL_TIME.to].map((end) => end.toISOString());
    const stored: string[] = [];
    for (const occurred_at of ends) {
      const event = {
        action: "a",
        occurred_at,
        actor: { id: "u", type: "user" },
        targets: [],
        context: { location: "" },
      };
      const { status } = await call("POST", "/audit_logs/events", { organization_id, event });
      if (status === 201) stored.push(occurred_at);
    }
    const { body } = await call("GET", `/audit_logs/events?organization_id=${organization_id}&order=asc`);
    expect((body["data"] as { occurred_at: string }[]).map((event) => event.occurred_at)).toEqual(stored);
    const file = (await runExport(organization, await request(organization, ALL_TIME))).toString();
    expect(ends.filter((end) => file.includes(end))).toEqual(stored);
    expect(stored).toEqual(ends.slice(0, 2));
  });

  test("an invalid query is rejected by parameter", async ({ call, organization }) => {
    const of = `organization_id=${organization.organization.id}`;
    expect(await call("GET", "/audit_logs/events")).toMatchObject({
      status: 422,
      body: { errors: [{ code: "required", field: "organization_id" }] },
    });
    for (const query of ["actions=%00", "exclude[actors]=%00", "exclude[actor_names][]=%00", "search=%00"]) {
      const field = query.split("=")[0]?.replace("[]", "");
      expect(await call("GET", `/audit_logs/events?${of}&${query}`)).toMatchObject({ body: { errors: [{ field }] } });
    }
    const cursorAt = (time: number) => Buffer.from(`${time}.${crypto.randomUUID()}`).toString("base64url");
    const [year0, year10000] = [cursorAt(ALL_TIME.from.getTime() - 1), cursorAt(ALL_TIME.to.getTime() + 1)];
    const cursors = ["after=%00", "before=nonsense", `after=${year0}`, `after=${year10000}`, `before=${year10000}`];
    for (const query of ["limit=0", "limit=101", "limit=ten", "order=up", ...cursors]) {
      const response = await call("GET", `/audit_logs/events?${of}&${query}`);
      expect(response).toMatchObject({ status: 422, body: { errors: [{ field: query.split("=")[0] }] } });
    }
    expect(await call("GET", `/audit_logs/events?${of}&range_start=2022-13-01`)).toMatchObject({
      status: 400,
      body: { code: "invalid_audit_log_export_range_date" },
    });
  });

  test("events of another environment or of a deleted organization return 404", async ({
    call,
    organization,
    stranger,
  }) => {
    const unknown = eventId(newEventUuid(new Date()));
    const [theirs = ""] = await storeEvents(stranger, [anEvent()]);
    const [mine = ""] = await storeEvents(organization, [anEvent()]);
    expect(await call("GET", `/audit_logs/events/${mine}`)).toMatchObject({ status: 200 });
    await deleteOrganization(organization);
    const ends = [`audit_log_event_7${"Z".repeat(25)}`, `audit_log_event_${"0".repeat(26)}`];
    for (const id of [theirs, mine, unknown, ...ends, "audit_log_event_x", "%00"]) {
      expect(await call("GET", `/audit_logs/events/${id}`)).toMatchObject({ status: 404 });
    }
    const foreign = `/audit_logs/events?organization_id=${stranger.organization.id}`;
    expect(await call("GET", foreign)).toMatchObject({ status: 404 });
  });

  test("an event is found by ID among 20,000, whenever it happened", async ({ call, organization }) => {
    const year = { from: new Date("2026-01-01"), to: new Date("2027-01-01") };
    await seedEvents(organization, { count: 20_000, ...year, seed: 7 });
    const longAgo = anEvent({ occurredAt: new Date("1999-12-31T23:59:59.999Z") });
    for (const id of await storeEvents(organization, [anEvent(), longAgo])) {
      expect(await call("GET", `/audit_logs/events/${id}`)).toMatchObject({ status: 200, body: { id } });
    }
  });

  test("reading an event with a key is recorded once in the activity", async ({ call, organization }) => {
    const [id = ""] = await storeEvents(organization, [anEvent()]);
    for (let n = 0; n < 2; n++) await call("GET", `/audit_logs/events/${id}`);
    const where = { organizationPk: organization.organization.pk, action: "event.viewed" };
    const views = await organization.db.prisma.activity.findMany({ where });
    expect(views).toMatchObject([{ actor: { type: "api_key" }, details: { eventId: id } }]);
  });
});
