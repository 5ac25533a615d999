import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { quirks } from "./quirks";
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
/** What the words in capitals of the table stand for. */
let words: Record<"ORG" | "SPARE" | "DOOMED" | "READY" | "PENDING" | "KEY", string>;
let tearDown: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  environment = await createEnvironment(services);
  const make = async (name: string) => {
    const domains = [{ domain: `${name.toLowerCase()}.example`, state: "verified" as const }];
    return (
      await createOrganization(environment, { name, domains, metadata: {}, externalId: null, stripeCustomerId: null })
    ).id;
  };
  const ORG = await make("Acme");
  const acme = await scopeToOrganization(environment, ORG);
  await make("Beta");
  const size = { type: "object" as const, properties: { size: { type: "number" as const } } };
  await createEventSchema(environment, "user.signed_in", {
    targets: [{ type: "team", metadata: size }],
    actorMetadata: null,
    metadata: null,
  });
  const [READY, PENDING] = [await request(acme), await request(acme)];
  await runExport(acme, READY);
  const { secret: KEY } = await createApiKey(environment, { name: "all SDKs" });
  words = { ORG, SPARE: await make("Spare"), DOOMED: await make("Doomed"), READY, PENDING, KEY };
  api = await serveApi(services);
  tearDown = async () => {
    await api.close();
    await close();
    await database.drop();
  };
});
afterAll(() => tearDown());

const filled = (text: string) =>
  text.replaceAll(/\b(ORG|SPARE|DOOMED|READY|PENDING|KEY)\b/g, (word) => words[word as keyof typeof words]);

test.each(quirks)(
  "$sdk: $quirk",
  async ({ send: [method, path, body], sdk, more, status, reads, stores, repeated }) => {
    const headers = headersOf(sdk, body !== undefined, more).map(([name, value]) => [name, filled(value)] as const);
    const send = () =>
      sendRaw(api.url, { method, path: filled(path), headers, body: body === undefined ? undefined : filled(body) });
    const answer = await send();
    expect({ status: answer.status, text: answer.text }).toEqual({ status, text: answer.text });
    expect(answer.headers["content-type"] ?? answer.headers["Content-Type"]).toMatch(/^application\/json/);
    // PHP 4 looks for this spelling only.
    expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(reads.safeParse(JSON.parse(answer.text)).error?.issues).toBeUndefined();

    if (repeated) {
      const second = await send();
      expect(second.status).toBe(status);
      expect(second.text).not.toBe(answer.text);
    }
    if (stores) {
      // A client that tries again uses the key that it has; one without a key does not try again.
      if (more) expect((await send()).text).toBe(answer.text);
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
