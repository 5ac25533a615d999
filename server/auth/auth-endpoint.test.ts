import { expect } from "vitest";
import { test } from "@/server/testing/fixtures";
import { authEndpoint } from "./auth-endpoint";

test.for(['{"csrfToken":', "", "null", "[]", '{"callbackUrl":{}}', '{"email":1}'])(
  "signing in with the malformed body %s fails with status 400",
  async (body, { world }) => {
    const request = new Request("http://localhost:3000/api/auth/callback/credentials", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const route = { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) };
    expect((await authEndpoint(world.services, request, route)).status).toBe(400);
  },
);
