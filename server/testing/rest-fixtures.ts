import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { test as base } from "./fixtures";
import { serveApi } from "./serve-api";

/** A response of the REST API; tests access the body's fields by name. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Fixtures {
  /** The REST API with the services of `world`. */
  api: { readonly url: string };
  /**
   * Calls the API with a key of `environment`; sends a body that is not a string as JSON. Asserts that every response has a
   * request ID and is JSON or empty.
   */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<ApiResponse>;
}

/** `test` with the REST API over HTTP, and a new environment, key and organizations for each test. */
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
      // Every response of the API is an object; any other fails the test that accesses its fields.
      return { status: response.status, headers: response.headers, body: parsed as ApiResponse["body"] };
    });
  },
});
