import type { OAuthConfig, TokenEndpointHandler, UserinfoEndpointHandler } from "next-auth/providers/oauth";
import { z } from "zod";
import { personName } from "@/schemas/team/account";
import { email } from "@/schemas/team/team";
import { signInWithProvider } from "@/server/domain/workspaces/sign-in";
import { DomainError } from "@/server/kernel/errors";
import type { IdentityProvider, Services } from "@/server/kernel/services";
import { discoveryUrl, PROVIDER_TIMEOUT, type ProviderMetadata } from "./provider-metadata";

/** The provider's ID in next-auth, and thus part of its callback URL: `/api/auth/callback/oidc`. */
export const IDENTITY_PROVIDER = "oidc";

/** Algorithms of ID tokens. All of them are asymmetric: only the provider can sign with them. */
const ALGORITHMS = /^(?:(?:RS|PS|ES)(?:256|384|512)|EdDSA)$/;

const claims = z.object({
  sub: z.string().min(1),
  iss: z.string().optional().catch(undefined),
  email,
  // Some providers send a string, and some send nothing.
  email_verified: z.union([z.boolean(), z.stringbool()]).nullish().catch(false),
  name: personName.optional().catch(undefined),
});

/**
 * Configures an OpenID Connect provider for next-auth: code flow with PKCE, state and nonce. Without `metadata`, it can't be
 * used to sign in, only to check sessions.
 */
export function identityProvider(
  { issuer, clientId, clientSecret, name }: IdentityProvider,
  metadata: ProviderMetadata | null,
): OAuthConfig<Record<string, unknown>> {
  return {
    clientId,
    clientSecret,
    name,
    id: IDENTITY_PROVIDER,
    type: "oauth",
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: { timeout: PROVIDER_TIMEOUT },
    ...endpoints(issuer, metadata),
    profile: (profile) => {
      const known = claims.safeParse(profile);
      return { id: String(profile["sub"]), email: known.data?.email ?? null, name: known.data?.name ?? null };
    },
  };
}

function endpoints(issuer: string, metadata: ProviderMetadata | null): Partial<OAuthConfig<Record<string, unknown>>> {
  const params = { scope: "openid email profile" };
  const token: TokenEndpointHandler = {
    request: async ({ client, provider, params: response, checks }) => ({
      tokens: await anyAlgorithm(client).callback(provider.callbackUrl, response, checks),
    }),
  };
  const userinfo: UserinfoEndpointHandler = {
    // The ID tokens of many providers do not contain the email.
    async request({ client, tokens }) {
      // These are openid-client's own tokens: it knows their claims and checks the response's `sub` against them.
      const tokenSet = tokens as unknown as Exclude<Parameters<typeof client.userinfo>[0], string>;
      const signed = tokenSet.claims();
      const hasUserinfo = typeof client.issuer.metadata.userinfo_endpoint === "string";
      return hasUserinfo ? { ...signed, ...(await client.userinfo(tokenSet)), iss: signed.iss } : signed;
    },
  };
  // Microsoft's documents for several tenants contain a placeholder, which openid-client knows if it fetches them itself.
  if (metadata?.issuer.includes("{tenantid}"))
    return { wellKnown: discoveryUrl({ issuer }), authorization: { params }, token, userinfo };
  if (!metadata) return { authorization: { params }, token, userinfo };
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  return {
    issuer: metadata.issuer,
    jwks_endpoint: metadata.jwks_uri,
    authorization: { url: metadata.authorization_endpoint, params },
    token: { url: metadata.token_endpoint, ...token },
    userinfo: { ...(metadata.userinfo_endpoint !== undefined && { url: metadata.userinfo_endpoint }), ...userinfo },
    ...(!methods.includes("client_secret_basic") &&
      methods.includes("client_secret_post") && { client: { token_endpoint_auth_method: "client_secret_post" } }),
  };
}

/** Makes openid-client accept ID tokens with any of our algorithms. By itself it accepts one, RS256 unless configured. */
function anyAlgorithm<Client extends object>(client: Client): Client {
  // A method of openid-client's class that its types leave out.
  const checked = client as Client & { validateJWT: (jwt: string, algorithm: string, ...rest: unknown[]) => unknown };
  const validate = checked.validateJWT.bind(client);
  checked.validateJWT = (jwt, expected, ...rest) => {
    const header = Buffer.from(jwt.split(".", 1)[0] ?? "", "base64url").toString();
    const algorithm = /"alg"\s*:\s*"(\w+)"/.exec(header)?.[1] ?? "";
    return validate(jwt, ALGORITHMS.test(algorithm) ? algorithm : expected, ...rest);
  };
  return client;
}

/** Admits members and invited people. Returns true, or the URL of the page that explains the rejection. */
export async function admitProviderSignIn(services: Services, profile: unknown): Promise<true | string> {
  const person = claims.safeParse(profile);
  if (!person.success || !hasVerifiedEmail(person.data, services.config.identityProvider))
    return "/sign-in?error=unverified";
  const { email: address, name = address } = person.data;
  try {
    await signInWithProvider(services, { email: address, name: name.slice(0, 100) });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "gone") return "/sign-in?error=not_invited";
    throw error;
  }
}

/** Some providers, such as Entra ID, send no `email_verified`. Operators can name issuers whose emails they trust anyway. */
function hasVerifiedEmail(person: z.output<typeof claims>, provider: IdentityProvider | null): boolean {
  const { email_verified: verified = null, iss } = person;
  return verified ?? (iss !== undefined && provider?.trustedIssuers.includes(iss) === true);
}
