import { describe, expect } from "vitest";
import { type Answer, test as base } from "@/server/testing/rest-fixtures";

const event = {
  action: "user.signed_in",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "team_1", type: "team" }],
  context: { location: "192.0.2.1" },
};

interface Fixtures {
  /** Sends the event with changes, to the test's organization. */
  send: (changes: object, headers?: Record<string, string>) => Promise<Answer>;
  /** How many events of an action the organization has. */
  stored: (action: string) => Promise<number>;
  /** Asks for an export of its events in January. */
  create: (changes: object) => Promise<Answer>;
  /** Asks for a link to its portal. */
  generate: (body: object) => Promise<Answer>;
}

const test = base.extend<Fixtures>({
  send: async ({ call, organization: { organization } }, use) =>
    use((changes, headers) => {
      const body = { organization_id: organization.id, event: { ...event, ...changes } };
      return call("POST", "/audit_logs/events", body, headers);
    }),
  stored: async ({ organization: { organization, db } }, use) =>
    use(async (action) => {
      const sql = "SELECT 1 FROM log.event e WHERE e.organization_pk = $1 AND e.action = $2";
      return (await db.query(sql, [organization.pk, action])).length;
    }),
  create: async ({ call, organization: { organization } }, use) =>
    use((changes) =>
      call("POST", "/audit_logs/exports", {
        organization_id: organization.id,
        range_start: "2026-01-01T00:00:00Z",
        range_end: "2026-02-01T00:00:00Z",
        ...changes,
      }),
    ),
  generate: async ({ call, organization: { organization } }, use) =>
    use((body) => call("POST", "/portal/generate_link", { organization: organization.id, ...body })),
});

describe("events", () => {
  test("an event answered 201 is committed", async ({ send, stored }) => {
    expect(await send({ action: "a.stored" })).toMatchObject({ status: 201, body: { success: true } });
    expect(await stored("a.stored")).toBe(1);
  });

  test("the spellings of every SDK for what is not given are taken", async ({ send, environment }) => {
    const spellings = {
      version: 0,
      actor: { id: "user_1", type: "user", name: "", metadata: null },
      targets: [{ id: "t", type: "team", name: null, metadata: [] }],
      context: { location: "192.0.2.1", user_agent: "" },
      metadata: [],
      occurred_at: "2026-09-01T14:00:00.123456789+02:00",
      unknown: { keys: "are ignored" },
    };
    expect(await send({ action: "a.spelled", ...spellings })).toMatchObject({ status: 201 });
    const [row] = await environment.db.query<{ occurred_at: Date; version: number }>(
      "SELECT e.occurred_at, e.version FROM log.event e WHERE e.action = 'a.spelled'",
      [],
    );
    expect(row).toEqual({ occurred_at: new Date("2026-09-01T12:00:00.123Z"), version: 1 });
  });

  test("texts as long as the limits allow are stored, in any script", async ({ send }) => {
    const long = "語".repeat(500);
    const party = { id: long, type: long, name: long };
    expect(
      await send({
        action: `long.${"語".repeat(495)}`,
        actor: party,
        targets: [party, { ...party, type: "語".repeat(499) }],
      }),
    ).toMatchObject({ status: 201 });
  });

  test("the same key and event 1,000 times in parallel is stored once, and every answer is the same", async ({
    send,
    stored,
  }) => {
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => send({ action: "a.repeated" }, { "idempotency-key": "key-1" })),
    );
    expect(new Set(answers.map((answer) => `${answer.status} ${JSON.stringify(answer.body)}`))).toEqual(
      new Set(['201 {"success":true}']),
    );
    expect(await stored("a.repeated")).toBe(1);
  });

  test("the same key with another event is another event, and without a key nothing is taken for a repetition", async ({
    send,
    stored,
  }) => {
    await send({ action: "a.keyed", metadata: { n: 1 } }, { "idempotency-key": "key-2" });
    await send({ action: "a.keyed", metadata: { n: 2 } }, { "idempotency-key": "key-2" });
    expect(await stored("a.keyed")).toBe(2);
    await Promise.all([send({ action: "a.keyless" }), send({ action: "a.keyless" })]);
    expect(await stored("a.keyless")).toBe(2);
  });

  test.for([
    ["a missing action", { action: undefined }, "event.action"],
    ["a date that does not exist", { occurred_at: "2026-06-31T00:00:00Z" }, "event.occurred_at"],
    ["a moment in the year 0", { occurred_at: "0001-01-01T00:00:00+01:00" }, "event.occurred_at"],
    ["a moment in the year 10000", { occurred_at: "9999-12-31T23:59:59-01:00" }, "event.occurred_at"],
    ["the moment at which all time ends", { occurred_at: "9999-12-31T23:59:59.9999999Z" }, "event.occurred_at"],
    ["a wrong type", { actor: "ada" }, "event.actor"],
    ["a missing location", { context: {} }, "event.context.location"],
    ["an empty id", { actor: { id: "", type: "user" } }, "event.actor.id"],
    ["U+0000 in a name", { actor: { id: "u", type: "user", name: "a\u0000b" } }, "event.actor.name"],
    ["nested metadata", { metadata: { a: { b: 1 } } }, "event.metadata.a"],
    [
      "too many metadata keys",
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, n])) },
      "event.metadata",
    ],
    [
      "a long metadata value",
      { targets: [{ id: "t", type: "t", metadata: { a: "x".repeat(501) } }] },
      "event.targets.0.metadata.a",
    ],
    ["a slash in the action", { action: "a/b" }, "event.action"],
  ] satisfies [string, object, string][])(
    "%s is refused with the field named, and nothing is stored",
    async ([_, changes, field], { send, environment }) => {
      const before = await environment.db.query("SELECT 1 FROM log.event", []);
      const answer = await send(changes);
      expect(answer).toMatchObject({ status: 422, body: { message: "Validation failed." } });
      expect(answer.body["errors"]).toContainEqual(expect.objectContaining({ field }));
      expect(await environment.db.query("SELECT 1 FROM log.event", [])).toHaveLength(before.length);
    },
  );
});

describe("every endpoint", () => {
  const endpoints = [
    ["POST", "/audit_logs/events"],
    ["POST", "/audit_logs/exports"],
    ["POST", "/portal/generate_link"],
    ["POST", "/organizations"],
    ["GET", "/audit_logs/exports/audit_log_export_x"],
    ["GET", "/organizations"],
    ["GET", "/organizations/org_x"],
    ["GET", "/organizations/external_id/x"],
  ] as const;
  const posts = endpoints.filter(([method]) => method === "POST");

  test.for(endpoints)(
    "%s %s without a key, and with a wrong one, is 401 in the contract's form",
    async ([method, path], { call }) => {
      const body = method === "POST" ? {} : undefined;
      for (const authorization of ["", "Bearer sk_wrong", "Basic c2s6", "Bearer"]) {
        expect(await call(method, path, body, { authorization })).toMatchObject({
          status: 401,
          body: { message: "Unauthorized" },
        });
      }
    },
  );

  test.for(posts)(
    "%s %s takes no body that is not JSON, of the wrong type or too large",
    async ([method, path], { call }) => {
      for (const body of ["{", "", "not json", "\u0000"])
        expect(await call(method, path, body)).toMatchObject({ status: 400 });
      for (const body of ["null", "[]", '"text"', "1", "{}"]) {
        const answer = await call(method, path, body);
        expect(answer.status).toBe(422);
        expect(answer.body["errors"]).toEqual(expect.arrayContaining([expect.anything()]));
      }
      expect(await call(method, path, `"${"x".repeat(1_000_001)}"`)).toMatchObject({ status: 413 });
    },
  );

  test.for([
    ["GET", "/audit_logs/nothing", 404],
    ["GET", "/audit_logs/exports/", 404],
    ["DELETE", "/audit_logs/events", 405],
    ["GET", "/portal/generate_link", 405],
    ["PATCH", "/organizations", 405],
    ["GET", "/downloads/audit_log_export_x?expires=1&signature=x", 403],
  ] satisfies [string, string, number][])(
    "%s %s is answered in JSON with a text message and no error key",
    async ([method, path, status], { call }) => {
      const answer = await call(method, path);
      expect(answer.status).toBe(status);
      expect(typeof answer.body["message"]).toBe("string");
      expect(answer.body).not.toHaveProperty("error");
      if (status === 405) expect(answer.headers.get("allow")).toMatch(/GET|POST/);
    },
  );

  test("another environment's ids are not found, with the same answer as ids that do not exist", async ({
    call,
    stranger,
  }) => {
    const bodies = (id: string) => [
      ["POST", "/audit_logs/events", { organization_id: id, event }] as const,
      [
        "POST",
        "/audit_logs/exports",
        { organization_id: id, range_start: "2026-01-01", range_end: "2026-02-01" },
      ] as const,
      ["POST", "/portal/generate_link", { organization: id, intent: "audit_logs" }] as const,
      ["GET", `/organizations/${id}`, undefined] as const,
    ];
    const unknown = "org_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    const foreign = stranger.organization.id;
    for (const [index, [method, path, body]] of bodies(foreign).entries()) {
      const theirs = await call(method, path, body);
      const nobodys = await call(method, bodies(unknown)[index]?.[1] ?? "", bodies(unknown)[index]?.[2]);
      expect(theirs.status).toBe(404);
      expect(JSON.stringify(theirs.body).replaceAll(foreign, "…")).toBe(
        JSON.stringify(nobodys.body).replaceAll(unknown, "…"),
      );
    }
  });
});

describe("exports", () => {
  test("a new export is pending and has no url", async ({ create, call }) => {
    const { status, body } = await create({ actions: "bare.string", actors: null, actor_names: ["Ada"], targets: "" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ object: "audit_log_export", state: "pending" });
    expect(body).not.toHaveProperty("url");
    expect(body["created_at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect((await call("GET", `/audit_logs/exports/${String(body["id"])}`)).body).toMatchObject({
      id: body["id"],
      state: "pending",
    });
  });

  test("any range is taken, also an empty one", async ({ create }) => {
    expect(await create({ range_start: "1999-01-01", range_end: "2030-01-01" })).toMatchObject({ status: 201 });
    expect(await create({ range_start: "2022-06-01T00:00:00Z", range_end: "2022-06-01T00:00:00Z" })).toMatchObject({
      status: 201,
    });
  });

  test.for([
    ["ends before it starts", { range_start: "2026-02-01", range_end: "2026-01-01" }],
    ["names an impossible day", { range_start: "2022-06-31T00:00:00Z" }],
    ["is not a date", { range_end: "yesterday" }],
    ["begins in the year 0", { range_start: "0001-01-01T00:00:00+01:00" }],
    ["ends in the year 10000", { range_end: "9999-12-31T23:59:59-01:00" }],
  ] satisfies [string, object][])("a range that %s is refused", async ([_, changes], { create }) => {
    expect(await create(changes)).toMatchObject({ status: 400, body: { code: "invalid_audit_log_export_range_date" } });
  });
});

describe("organizations", () => {
  test("are made, read back by either id, and listed to the end", async ({ call }) => {
    const made = await call("POST", "/organizations", {
      name: "Listed",
      external_id: "ext-1",
      domain_data: [{ domain: "Listed.example", state: "verified" }],
      metadata: { tier: "gold" },
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        object: "organization",
        external_id: "ext-1",
        metadata: { tier: "gold" },
        allow_profiles_outside_organization: false,
      },
    });
    expect((await call("GET", `/organizations/${String(made.body["id"])}`)).body).toEqual(made.body);
    expect((await call("GET", "/organizations/external_id/ext-1")).body).toEqual(made.body);
    expect((await call("GET", "/organizations?domains[]=listed.example&domains[]=other.example")).body["data"]).toEqual(
      [made.body],
    );

    for (const n of [1, 2, 3, 4, 5]) await call("POST", "/organizations", { name: `Paged ${n}` });
    const seen: unknown[] = [];
    let after: string | null = "";
    while (after !== null) {
      const { body } = await call("GET", `/organizations?limit=2&order=desc&after=${after}`);
      seen.push(...(body["data"] as { id: string }[]).map((each) => each.id));
      expect(body["listMetadata"]).toEqual(body["list_metadata"]);
      after = (body["list_metadata"] as { after: string | null }).after;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(6);
  });

  test("a domain or external id that is taken is refused", async ({ call }) => {
    await call("POST", "/organizations", { name: "First", external_id: "taken", domains: ["taken.example"] });
    expect(await call("POST", "/organizations", { name: "Second", domains: ["taken.example"] })).toMatchObject({
      status: 409,
      body: { message: "An Organization with the domain taken.example already exists." },
    });
    expect(await call("POST", "/organizations", { name: "Third", external_id: "taken" })).toMatchObject({
      status: 400,
      body: { code: "external_id_already_used" },
    });
  });
});

describe("portal links", () => {
  test("a link is answered, with every field of the SDKs tolerated", async ({ generate }) => {
    const { status, body } = await generate({
      intent: "audit_logs",
      return_url: null,
      success_url: "",
      it_contact_emails: [],
      intent_options: {},
    });
    expect(status).toBe(201);
    expect(body["link"]).toMatch(/^http:\/\/localhost:3000\/portal\/launch\?token=[\w-]{43}$/);
  });

  test("an intent that is not served, and an origin that is not registered, are refused", async ({ generate }) => {
    expect(await generate({ intent: "sso" })).toMatchObject({ status: 400 });
    expect(await generate({ return_url: "https://evil.example/back" })).toMatchObject({ status: 400 });
    expect(await generate({ return_url: "javascript:alert(1)" })).toMatchObject({ status: 422 });
  });
});
