import NextAuth, { getServerSession } from "next-auth";
import { expect, onTestFinished } from "vitest";
import type { Services } from "@/server/kernel/services";
import { test } from "@/server/testing/fixtures";
import { createMember, createWorkspace } from "@/server/testing/staff";
import { authOptions } from "./next-auth";

/** A client of next-auth that keeps cookies, like a browser. */
function createBrowser(services: Services) {
  process.env["NEXTAUTH_URL"] = services.config.publicUrl;
  onTestFinished(() => void delete process.env["NEXTAUTH_URL"]);
  const options = () => authOptions(services, services.config.authSecret);
  const jar = new Map<string, string>();
  const context = () => ({ headers: {}, cookies: Object.fromEntries(jar) });
  return {
    jar,
    async request(method: "GET" | "POST", action: readonly string[], fields: Record<string, string> = {}) {
      let set: readonly string[] = [];
      let body: unknown;
      const response = {
        status: () => response,
        getHeader: () => set,
        setHeader(name: string, value: readonly string[]) {
          if (name === "Set-Cookie") set = value;
          return response;
        },
        json: (value: unknown) => void (body = value),
        send: (value: unknown) => void (body = value),
        end: () => undefined,
      };
      const asked = { ...context(), method, query: { nextauth: action }, body: { ...fields, json: "true" } };
      await NextAuth(asked as never, response as never, options());
      for (const cookie of set) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === "") jar.delete(name);
        else jar.set(name, decodeURIComponent(value));
      }
      return { body: body as Readonly<Record<string, string>>, set };
    },
    session: () =>
      getServerSession(context() as never, { getHeader() {}, setCookie() {}, setHeader() {} } as never, options()),
  };
}

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
    expect(await session()).toMatchObject({ memberId: member.id });
    await request("POST", ["signout"], { csrfToken });
    expect(jar.has(name)).toBe(false);
    expect(await session()).toBeNull();
  },
);
