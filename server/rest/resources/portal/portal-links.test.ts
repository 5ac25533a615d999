import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { setRedirectOrigins } from "@/server/domain/portal/redirect-origins";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { type ApiResponse, test as base } from "@/server/testing/rest-fixtures";

/** Requests a link to the portal of the test's organization. */
const test = base.extend<{ generate: (body: object) => Promise<ApiResponse> }>({
  generate: async ({ call, organization: { organization } }, use) =>
    use((body) => call("POST", "/portal/generate_link", { organization: organization.id, ...body })),
});

test("a link is created even if the request has every field of the SDKs", async ({ generate }) => {
  const { status, body } = await generate({
    intent: "audit_logs",
    return_url: null,
    success_url: "",
    it_contact_emails: [],
    intent_options: {},
  });
  expect(status).toBe(201);
  expect(body["link"]).toMatch(/^http:\/\/localhost:3000\/portal\/launch\?token=[\w-]{43}$/);
});

test("an unsupported intent and an unregistered origin are rejected", async ({ generate }) => {
  expect(await generate({ intent: "sso" })).toMatchObject({ status: 400 });
  expect(await generate({ return_url: "https://evil.example/back" })).toMatchObject({ status: 400 });
  expect(await generate({ return_url: "javascript:alert(1)" })).toMatchObject({ status: 422 });
});

/** Requests a link to the portal of an organization in a new environment; returns the status. */
const withReturnUrl = base.extend<{
  statusFor: (
    kind: "staging" | "production",
    origins: readonly string[],
    url: Record<string, string>,
  ) => Promise<number>;
}>({
  statusFor: async ({ call, world }, use) =>
    use(async (kind, origins, url) => {
      const environment = await createEnvironment(world.services, kind);
      await setRedirectOrigins(environment, origins);
      const { organization } = await createOrganization(environment);
      const { secret } = await createApiKey(environment, { name: "test" });
      const headers = { authorization: `Bearer ${secret}` };
      return (await call("POST", "/portal/generate_link", { organization: organization.id, ...url }, headers)).status;
    }),
});

withReturnUrl("staging without origins accepts every https origin, and http on localhost", async ({ statusFor }) => {
  for (const field of ["return_url", "success_url"]) {
    expect(await statusFor("staging", [], { [field]: "https://preview-42.example/back" })).toBe(201);
    expect(await statusFor("staging", [], { [field]: "http://localhost:5173/back" })).toBe(201);
    expect(await statusFor("staging", [], { [field]: "http://preview-42.example/back" })).toBe(400);
  }
});

withReturnUrl("staging with origins accepts no others, except for http on localhost", async ({ statusFor }) => {
  const origins = ["https://app.example"];
  expect(await statusFor("staging", origins, { return_url: "https://app.example/back" })).toBe(201);
  expect(await statusFor("staging", origins, { return_url: "http://localhost:5173/back" })).toBe(201);
  expect(await statusFor("staging", origins, { return_url: "https://preview-42.example/back" })).toBe(400);
});

withReturnUrl("production accepts only its origins, even if it has none", async ({ statusFor }) => {
  for (const field of ["return_url", "success_url"]) {
    expect(await statusFor("production", [], { [field]: "https://app.example/back" })).toBe(400);
    expect(await statusFor("production", [], { [field]: "http://localhost:5173/back" })).toBe(400);
    expect(await statusFor("production", ["https://app.example"], { [field]: "https://app.example/back" })).toBe(201);
  }
});
