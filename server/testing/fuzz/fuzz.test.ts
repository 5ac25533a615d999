import { expect } from "vitest";
import { seededRandom } from "@/prisma/seed/random";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { seedEvents } from "@/server/testing/factories";
import { serveApi } from "@/server/testing/serve-api";
import { test } from "@/server/testing/rest-fixtures";
import { faults } from "./response-faults";
import { randomFrom } from "./random";
import { edgeRequests, hostileRequest, idsOf, targets } from "./hostile-requests";
import { type RawRequest, sendRaw } from "@/server/testing/sdk/raw-request";

/** Another number, other requests: what a failure names is found again with the same one. */
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_001);
const SECONDS = Number(process.env["FUZZ_SECONDS"] ?? 60);
const AT_ONCE = 8;

/** Short enough to be read, and without the key. */
function describe({ method, path, headers, body }: RawRequest): string {
  const rest = headers.slice(1).map(([name, value]) => `${name}: ${value.slice(0, 60)}`);
  return `${method} ${path.slice(0, 300)} [${rest.join(", ")}] ${String(body).slice(0, 400)}`;
}

test(
  `${SECONDS} seconds of hostile requests to every endpoint end in clear refusals, and the API works on (FUZZ_SEED=${SEED})`,
  { timeout: (SECONDS + 120) * 1000 },
  async ({ world, environment, organization }) => {
    await seedEvents(organization, {
      count: 20_000,
      from: new Date("2026-01-01"),
      to: new Date("2026-12-31"),
      seed: SEED,
    });
    // A query without bounds would be felt here, and not only in a year.
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
    const complaints: string[] = [];
    const statuses = new Map<string, number>();
    const until = performance.now() + SECONDS * 1000;
    let sent = 0;
    const work = async () => {
      while (performance.now() < until && complaints.length < 20) {
        const target = targets[sent % targets.length];
        if (!target) return;
        sent += 1;
        const hostile = edges.pop() ?? hostileRequest(random, target, secret, ids);
        const answer = await sendRaw(api.url, hostile).catch((error: unknown) => ({
          status: 0,
          headers: {},
          text: String(error),
        }));
        statuses.set(String(answer.status), (statuses.get(String(answer.status)) ?? 0) + 1);
        const found = faults(answer, hostile);
        if (found.length > 0)
          complaints.push(
            `${found.join(", ")}: ${answer.status} ${answer.text.slice(0, 200)} for ${describe(hostile)}`,
          );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(complaints).toEqual([]);
    expect(errors).toEqual([]);
    // Each came to its turn, and the requests were as bad as they were meant to be, yet not all refused at the door.
    expect(edges).toEqual([]);
    expect(sent).toBeGreaterThan(targets.length * 5);
    for (const status of ["200", "201", "400", "401", "404", "405", "422"])
      expect([...statuses.keys()]).toContain(status);

    const post = {
      organization_id: organization.organization.id,
      event: {
        action: "fuzz.survived",
        occurred_at: "2026-09-15T12:00:00Z",
        actor: { id: "u", type: "user" },
        targets: [],
        context: { location: "" },
      },
    };
    const survived = await sendRaw(api.url, {
      method: "POST",
      path: "/audit_logs/events",
      headers: [["Authorization", `Bearer ${secret}`]],
      body: JSON.stringify(post),
    });
    expect(survived.status).toBe(201);
    await api.close();
  },
);
