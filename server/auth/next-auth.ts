import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { browserName } from "@/server/domain/workspaces/browser-name";
import { findMemberScope } from "@/server/domain/workspaces/member-scope";
import { endMemberSession, startMemberSession, type Client } from "@/server/domain/workspaces/member-sessions";
import { findMemberByEmail, signInByPassword } from "@/server/domain/workspaces/sign-in";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { authLogger } from "./auth-logger";
import { clientAddress } from "./client-address";
import { admitProviderSignIn, IDENTITY_PROVIDER, identityProvider } from "./identity-provider";
import type { ProviderMetadata } from "./provider-metadata";

declare module "next-auth" {
  interface Session {
    /** The member's session, whose row decides whether it is still open. */
    readonly sessionId: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sessionId?: string;
  }
}

const credentials = z.object({ email: z.string().max(320), password: z.string().min(1).max(1000) });

/** Because of the prefix, other hosts of the domain cannot set or overwrite this cookie, unlike next-auth's default. */
const HOST_COOKIE = {
  name: "__Host-next-auth.session-token",
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
} as const;

/**
 * Staff sign in with email and password or an identity provider, which needs its metadata. An encrypted cookie names the
 * session, which the server can end. `client` is the browser that sent the request.
 */
export function authOptions(
  services: Services,
  secret: string,
  metadata: ProviderMetadata | null = null,
  client: Client = { browser: browserName(null), address: "unknown" },
): NextAuthOptions {
  return {
    secret,
    logger: authLogger(services.log),
    session: { strategy: "jwt", maxAge: 7 * 24 * 60 * 60 },
    ...(services.config.publicUrl.startsWith("https:") && { cookies: { sessionToken: HOST_COOKIE } }),
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        name: "Email and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(input, { headers }) {
          const parsed = credentials.safeParse(input);
          if (!parsed.success) return null;
          const address = clientAddress(new Headers(headers));
          return signInByPassword(services, { ...parsed.data, address }).catch((error: unknown) => {
            throw new Error(errorCode(services, error));
          });
        },
      }),
      ...(services.config.identityProvider ? [identityProvider(services.config.identityProvider, metadata)] : []),
    ],
    callbacks: {
      signIn: ({ account, profile }) =>
        account?.provider !== IDENTITY_PROVIDER || admitProviderSignIn(services, profile),
      jwt: async ({ token, user, account }) => {
        if (!user) return token;
        const id =
          account?.provider === IDENTITY_PROVIDER ? (await findMemberByEmail(services, user.email ?? ""))?.id : user.id;
        return id === undefined ? {} : { ...token, sub: id, sessionId: await startMemberSession(services, id, client) };
      },
      session: ({ session, token }) => ({ ...session, sessionId: token.sessionId ?? "" }),
    },
    events: {
      // next-auth deletes the cookie; this makes copies of it worthless.
      signOut: async ({ token: { sessionId } }) => {
        const scope = sessionId === undefined ? null : await findMemberScope(services, sessionId, client.address);
        if (scope) await endMemberSession(scope, scope.session.id);
      },
    },
  };
}

/** next-auth forwards an error's message to the browser, so it may only be one of our codes. */
function errorCode({ log }: Services, error: unknown): string {
  if (error instanceof DomainError && error.code === "too_many") {
    return `too_many:${error.details.headers?.["retry-after"] ?? ""}`;
  }
  log.error({ err: error }, "sign-in failed");
  return "unavailable";
}
