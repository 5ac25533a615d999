import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { findMemberByEmail, signInByPassword } from "@/server/domain/workspaces/sign-in";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { authLogger } from "./auth-logger";
import { clientAddress } from "./client-address";
import { admitProviderSignIn, IDENTITY_PROVIDER, identityProvider } from "./identity-provider";
import type { ProviderMetadata } from "./provider-metadata";

declare module "next-auth" {
  interface Session {
    /** The signed-in member and the time of the sign-in; the member's row decides whether the session is still valid. */
    readonly memberId: string;
    readonly signedInAt: number;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    signedInAt?: number;
  }
}

const credentials = z.object({ email: z.string().max(320), password: z.string().min(1).max(1000) });

/** Because of the prefix, other hosts of the domain cannot set or overwrite this cookie, unlike next-auth's default. */
const HOST_COOKIE = {
  name: "__Host-next-auth.session-token",
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
} as const;

/**
 * Staff sign in with email and password or an identity provider, which needs its metadata. An encrypted cookie holds the session
 * for a week.
 */
export function authOptions(
  services: Services,
  secret: string,
  metadata: ProviderMetadata | null = null,
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
        const sub =
          account?.provider === IDENTITY_PROVIDER ? (await findMemberByEmail(services, user.email ?? ""))?.id : user.id;
        return { ...token, sub: sub ?? "", signedInAt: services.now().getTime() };
      },
      session: ({ session, token }) => ({ ...session, memberId: token.sub ?? "", signedInAt: token.signedInAt ?? 0 }),
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
