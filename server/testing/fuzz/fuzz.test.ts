import { expect } from "vitest";
import { seededRandom } from "@/prisma/seed/random";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/rest-fixtures";
import { type RawRequest, sendRaw } from "@/server/testing/sdk/raw-request";
import { serveApi } from "@/server/testing/serve-api";
import { edgeRequests, hostileRequest, idsOf, targets } from "./hostile-requests";
import { randomFrom } from "./random";
import { faultsOf } from "./response-faults";

/** The same seed generates the same requests, so that a failure can be reproduced. */
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_001);
/** Takes about 15 seconds on an idle core. */
const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? 4_000);
const CONCURRENCY = 8;
const MAX_FAILURES = 20;

/** The request in readable length and without the key. */
function describe({ method, path, headers, body }: RawRequest): string {
  const rest = headers.slice(1).map(([name, value]) => `${name}: ${value.slice(0, 60)}`);
  return `${method} ${path.slice(0, 300)} [${rest.join(", ")}] ${String(body).slice(0, 400)}`;
}

async function storesEvents(url: string, key: string, { organization }: OrganizationScope): Promise<boolean> {
  const event = {
    action: "fuzz.survived",
    occurred_at: "2026-09-15T12:00:00Z",
    actor: { id: "u", type: "user" },
    targets: [],
    context: { location: "" },
  };
  const response = await sendRaw(url, {
    method: "POST",
    path: "/audit_logs/events",
    headers: [["Authorization", `Bearer ${key}`]],
    body: JSON.stringify({ organization_id: organization.id, event }),
  });
  return response.status === 201;
}

test(
  `hostile requests to every endpoint get clear errors and leave the API working (FUZZ_SEED=${SEED})`,
  // 100 ms per request: many times what a loaded machine needs.
  { timeout: 120_000 + REQUESTS * 100 },
  async ({ world, environment, organization }) => {
    const year = { from: new Date("2026-01-01"), to: new Date("2026-12-31") };
    await seedEvents(organization, { count: 20_000, ...year, seed: SEED });
    // A query that reads without bounds fails here, and not only on a log of a year.
    await environment.db.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''10s''', current_database()); END $$`,
      [],
    );
    const errors: object[] = [];
    const log = { ...world.services.log, error: (fields: object) => void errors.push(fields) };
    const api = await serveApi({
      ...world.services,
      log,
      config: { ...world.services.config, rateLimitPerMinute: 1_000_000_000 },
    });
    const { secret } = await createApiKey(environment, { name: "fuzz" });
    const ids = await idsOf(organization);
    const random = randomFrom(seededRandom(SEED));
    const edges = edgeRequests(secret, ids);
    const failures: string[] = [];
    const statuses = new Set<number>();
    let sent = 0;
    const sendNext = async (): Promise<void> => {
      const target = targets[sent % targets.length];
      if (!target || sent >= REQUESTS || failures.length >= MAX_FAILURES) return;
      sent += 1;
      const request = edges.pop() ?? hostileRequest(random, target, secret, ids);
      const response = await sendRaw(api.url, request).catch((error: unknown) => ({
        status: 0,
        headers: {},
        text: String(error),
      }));
      statuses.add(response.status);
      const faults = faultsOf(response, request);
      if (faults.length > 0) {
        failures.push(
          `${faults.join(", ")}: ${response.status} ${response.text.slice(0, 200)} for ${describe(request)}`,
        );
      }
      return sendNext();
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, sendNext));
    expect({ failures, errors }).toEqual({ failures: [], errors: [] });
    expect(edges, "requests at the ends of the calendar that were not sent").toEqual([]);
    expect(sent).toBe(REQUESTS);
    // The requests are hostile as intended, and some get past validation.
    for (const status of [200, 201, 400, 401, 404, 405, 422]) expect(statuses).toContain(status);
    expect(await storesEvents(api.url, secret, organization)).toBe(true);
    await api.close();
  },
);
