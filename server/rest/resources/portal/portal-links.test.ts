import { expect } from "vitest";
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
