import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { test as base } from "./fixtures";
import { serveApi } from "./serve-api";

/** An answer of the REST API; tests look into the body by the names that they expect. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Fixtures {
  /** The API of the file's world, on a port of its own. */
  api: { readonly url: string };
  /**
   * Calls it with a key of the test's environment; a body that is no text goes as JSON. Every answer has to name its
   * request, and to be JSON or nothing.
   */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}

/** `test` with the REST API over real HTTP, and an environment, key and organizations of its own for each test. */
export const test = base.extend<Fixtures>({
  api: [
    async ({ world }, use) => {
      const served = await serveApi(world.services);
      await use(served);
      await served.close();
    },
    { scope: "file" },
  ],
  call: async ({ api, environment }, use) => {
    const { secret } = await createApiKey(environment, { name: "test" });
    await use(async (method, path, body, headers = {}) => {
      const response = await fetch(api.url + path, {
        method,
        redirect: "error",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      const text = await response.text();
      if (text !== "") expect(response.headers.get("content-type")).toContain("application/json");
      const parsed: unknown = text === "" ? {} : JSON.parse(text);
      // Every answer of the API is an object; one that is not fails the test that looks into it.
      return { status: response.status, headers: response.headers, body: parsed as Answer["body"] };
    });
  },
});
