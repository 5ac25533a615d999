import NextAuth, { getServerSession } from "next-auth";
import { onTestFinished } from "vitest";
import { IDENTITY_PROVIDER } from "@/server/auth/identity-provider";
import { authOptions } from "@/server/auth/next-auth";
import { findProviderMetadata } from "@/server/auth/provider-metadata";
import type { Services } from "@/server/kernel/services";

/** A client of next-auth that keeps cookies, like a browser. */
export function createBrowser(services: Services) {
  process.env["NEXTAUTH_URL"] = services.config.publicUrl;
  onTestFinished(() => void delete process.env["NEXTAUTH_URL"]);
  const options = async (action: readonly string[] = []) => {
    const metadata = action.includes(IDENTITY_PROVIDER) ? await findProviderMetadata(services) : null;
    return authOptions(services, services.config.authSecret, metadata);
  };
  const jar = new Map<string, string>();
  const context = () => ({ headers: {}, cookies: Object.fromEntries(jar) });
  return {
    jar,
    async request(
      method: "GET" | "POST",
      action: readonly string[],
      fields: Record<string, string> = {},
      query: Record<string, string> = {},
    ) {
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
      const asked = { ...context(), method, query: { ...query, nextauth: action }, body: { ...fields, json: "true" } };
      await NextAuth(asked as never, response as never, await options(action));
      for (const cookie of set) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === "") jar.delete(name);
        else jar.set(name, decodeURIComponent(value));
      }
      return { body: body as Readonly<Record<string, string>>, set };
    },
    session: async () =>
      getServerSession(
        context() as never,
        { getHeader() {}, setCookie() {}, setHeader() {} } as never,
        await options(),
      ),
  };
}
