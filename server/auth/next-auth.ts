import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { findMemberByPassword } from "@/server/domain/workspaces/passwords";
import type { Services } from "@/server/services";

declare module "next-auth" {
  interface Session {
    /** The member who is signed in, and since when; the member's row says whether that still counts. */
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

/** Staff sign-in: e-mail and password, session in an encrypted cookie for a week. */
export function authOptions(services: Services, secret: string): NextAuthOptions {
  return {
    secret,
    session: { strategy: "jwt", maxAge: 7 * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        name: "E-mail and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(input) {
          const parsed = credentials.safeParse(input);
          if (!parsed.success) return null;
          return findMemberByPassword(services, parsed.data.email, parsed.data.password);
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sub: user.id, signedInAt: services.now().getTime() } : token),
      session: ({ session, token }) => ({ ...session, memberId: token.sub ?? "", signedInAt: token.signedInAt ?? 0 }),
    },
  };
}
