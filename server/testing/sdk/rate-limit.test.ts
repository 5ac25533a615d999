import { expect } from "vitest";
import { serveApi } from "@/server/testing/serve-api";
import { sdks } from "./clients";
import { startFlakyProxy } from "./flaky-proxy";
import { test as base } from "./fixtures";

/** A proxy without faults in front of an API that admits one request per minute. */
const test = base.extend<{ limited: Awaited<ReturnType<typeof startFlakyProxy>> }>({
  limited: async ({ world: { services } }, use) => {
    const api = await serveApi({ ...services, config: { ...services.config, rateLimitPerMinute: 1 } });
    const proxy = await startFlakyProxy(api.url);
    await use(proxy);
    await proxy.close();
    await api.close();
  },
});

const generation = (version: string) => Number.parseInt(version, 10);

test.for(sdks.filter(({ version }) => generation(version) < 10))(
  "@workos-inc/node $version reports a 429 and its Retry-After to the application",
  async ({ version, open }, { world, limited, host, organization }) => {
    world.clock.now = new Date("2026-10-01T12:00:55.000Z");
    const { organizations } = open({ ...host, url: limited.url });
    const { id } = organization.organization;
    expect(await organizations.getOrganization(id)).toMatchObject({ id });
    // 2.18 has no class for it.
    const expected =
      generation(version) === 2
        ? { name: "GenericServerException" }
        : { name: "RateLimitExceededException", retryAfter: 5 };
    await expect(organizations.getOrganization(id)).rejects.toMatchObject({
      ...expected,
      status: 429,
      message: "Too many requests.",
    });
    expect(limited.keys).toHaveLength(2);
  },
);

test.for(sdks.filter(({ version }) => generation(version) >= 10))(
  "@workos-inc/node $version waits for Retry-After, and the application's call succeeds",
  async ({ open }, { world, limited, host, organization }) => {
    world.clock.now = new Date("2026-10-01T12:00:59.500Z");
    const { organizations } = open({ ...host, url: limited.url });
    const { id } = organization.organization;
    expect(await organizations.getOrganization(id)).toMatchObject({ id });
    const second = organizations.getOrganization(id);
    await expect.poll(() => limited.statuses, { timeout: 20_000 }).toContain(429);
    world.clock.now = new Date("2026-10-01T12:01:00.500Z");
    expect(await second).toMatchObject({ id });
    expect(limited.statuses.at(-1)).toBe(200);
  },
);
