import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { test as base } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/http";
import type { Host } from "./clients";

interface Fixtures {
  /** The REST API on a port of its own, for all tests of a file. */
  api: { readonly url: string };
  /** The test's environment, as an SDK is told of it. */
  host: Host;
}

/** `test` with the API running and a key to the test's environment. */
export const test = base.extend<Fixtures>({
  api: [
    async ({ world }, use) => {
      const api = await serveApi(world.services);
      await use(api);
      await api.close();
    },
    { scope: "file" },
  ],
  host: async ({ api, environment }, use) => {
    const { secret } = await createApiKey(environment, { name: "SDK" });
    await use({ url: api.url, key: secret });
  },
});
