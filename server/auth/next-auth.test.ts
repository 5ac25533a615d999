import { expect } from "vitest";
import { findMemberScope } from "@/server/domain/workspaces/member-scope";
import { createBrowser } from "@/server/testing/auth-browser";
import { test } from "@/server/testing/fixtures";
import { createMember, createWorkspace } from "@/server/testing/staff";

test.for([
  ["https://audit.vendor.example", "__Host-next-auth.session-token", true],
  ["http://localhost:3000", "next-auth.session-token", false],
] as const)(
  "at %s the session is stored in the cookie %s until sign-out",
  async ([publicUrl, name, isSecure], { world }) => {
    const services = { ...world.services, config: { ...world.services.config, publicUrl } };
    const password = "correct horse battery staple";
    const { member } = await createMember(services, await createWorkspace(services), { role: "viewer", password });
    const { request, session, jar } = createBrowser(services);
    const { csrfToken = "" } = (await request("GET", ["csrf"])).body;
    const { set } = await request("POST", ["callback", "credentials"], { csrfToken, email: member.email, password });
    const cookie = set.find((each) => each.includes("session-token=")) ?? "";
    expect(cookie.startsWith(`${name}=`)).toBe(true);
    const attributes = cookie
      .split("; ")
      .slice(1)
      .filter((each) => !each.startsWith("Expires="));
    expect(attributes.toSorted()).toEqual(["HttpOnly", "Path=/", "SameSite=Lax", ...(isSecure ? ["Secure"] : [])]);
    expect(await session()).toMatchObject({ sessionId: expect.stringMatching(/^member_session_/) as string });
    await request("POST", ["signout"], { csrfToken });
    expect(jar.has(name)).toBe(false);
    expect(await session()).toBeNull();
  },
);

test("a copy of the cookie stops working when its owner signs out", async ({ world: { services } }) => {
  const password = "correct horse battery staple";
  const { member } = await createMember(services, await createWorkspace(services), { role: "viewer", password });
  const { request, session, jar } = createBrowser(services);
  const { csrfToken = "" } = (await request("GET", ["csrf"])).body;
  await request("POST", ["callback", "credentials"], { csrfToken, email: member.email, password });
  const name = "next-auth.session-token";
  const copy = jar.get(name) ?? "";
  const signedIn = async () => findMemberScope(services, (await session())?.sessionId ?? "", "192.0.2.1");
  expect(await signedIn()).toMatchObject({ member: { id: member.id } });
  await request("POST", ["signout"], { csrfToken });
  jar.set(name, copy);
  expect(await signedIn()).toBeNull();
});
