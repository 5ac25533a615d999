import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { test as base } from "@/server/testing/rest-fixtures";
import type { Host } from "./client";
import { type FlakyProxy, startFlakyProxy } from "./flaky-proxy";

/** `test` with the API running, and the URL and key that an SDK needs. */
export const test = base.extend<{ host: Host; proxy: FlakyProxy }>({
  host: async ({ api, environment }, use) => {
    const { secret } = await createApiKey(environment, { name: "SDK" });
    await use({ url: api.url, key: secret });
  },
  proxy: async ({ api }, use) => {
    const proxy = await startFlakyProxy(api.url);
    await use(proxy);
    await proxy.close();
  },
});
