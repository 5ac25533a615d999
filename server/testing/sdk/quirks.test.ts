import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { actionQuirks } from "./quirks/actions";
import { eventQuirks } from "./quirks/events";
import { exportQuirks } from "./quirks/exports";
import { organizationQuirks } from "./quirks/organizations";
import { portalQuirks } from "./quirks/portal";
import { sendRaw } from "./raw-request";
import { headersOf } from "./senders";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { createTestDatabase } from "@/server/testing/database";
import { createEnvironment } from "@/server/testing/factories";
import { serveApi } from "@/server/testing/serve-api";
import { request, runExport } from "@/server/testing/run-export";
import { createTestServices } from "@/server/testing/services";

let api: Awaited<ReturnType<typeof serveApi>>;
let environment: EnvironmentScope;
/** Replacements for the placeholders in the tables. */
let placeholders: Record<"ORG" | "SPARE" | "DOOMED" | "READY" | "PENDING" | "KEY", string>;
let tearDown: () => Promise<void>;

const quirks = [...eventQuirks, ...exportQuirks, ...organizationQuirks, ...actionQuirks, ...portalQuirks];

beforeAll(async () => {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  environment = await createEnvironment(services);
  const create = async (name: string) => {
    const domains = [{ domain: `${name.toLowerCase()}.example`, state: "verified" as const }];
    return (
      await createOrganization(environment, { name, domains, metadata: {}, externalId: null, stripeCustomerId: null })
    ).id;
  };
  const ORG = await create("Acme");
  const acme = await scopeToOrganization(environment, ORG);
  await create("Beta");
  const size = { type: "object" as const, properties: { size: { type: "number" as const } } };
  await createEventSchema(environment, "user.signed_in", {
    targets: [{ type: "team", metadata: size }],
    actorMetadata: null,
    metadata: null,
  });
  const [READY, PENDING] = [await request(acme), await request(acme)];
  await runExport(acme, READY);
  const { secret: KEY } = await createApiKey(environment, { name: "all SDKs" });
  placeholders = { ORG, SPARE: await create("Spare"), DOOMED: await create("Doomed"), READY, PENDING, KEY };
  api = await serveApi(services);
  tearDown = async () => {
    await api.close();
    await close();
    await database.drop();
  };
});
afterAll(() => tearDown());

const fill = (text: string) =>
  text.replaceAll(
    /\b(ORG|SPARE|DOOMED|READY|PENDING|KEY)\b/g,
    (word) => placeholders[word as keyof typeof placeholders],
  );

test.each(quirks)(
  "$sdk: $quirk",
  async ({ send: [method, path, body], sdk, headers: more, status, reads, stores, repeated }) => {
    const headers = headersOf(sdk, body !== undefined, more).map(([name, value]) => [name, fill(value)] as const);
    const send = () =>
      sendRaw(api.url, { method, path: fill(path), headers, body: body === undefined ? undefined : fill(body) });
    const response = await send();
    expect({ status: response.status, text: response.text }).toEqual({ status, text: response.text });
    expect(response.headers["content-type"] ?? response.headers["Content-Type"]).toMatch(/^application\/json/);
    // PHP 4 finds the header only in lower case.
    expect(response.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(reads.safeParse(JSON.parse(response.text)).error?.issues).toBeUndefined();

    if (repeated) {
      const second = await send();
      expect(second.status).toBe(status);
      expect(second.text).not.toBe(response.text);
    }
    if (stores) {
      // SDKs that send a key repeat it when they retry; SDKs without keys do not retry.
      if (more) expect((await send()).text).toBe(response.text);
      const action = /"action": ?"([^"]+)"/.exec(body ?? "")?.[1];
      const rows = await environment.db.query<object>(
        "SELECT e.* FROM log.event e WHERE e.environment_pk = $1 AND e.action = $2",
        [environment.environment.pk, action],
      );
      expect(rows).toHaveLength(stores.length);
      expect(rows).toMatchObject(stores);
    }
  },
);
