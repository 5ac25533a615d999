import { z } from "zod";
import { defineCache } from "@/server/kernel/caches";
import type { IdentityProvider, Services } from "@/server/kernel/services";

/** Milliseconds for which each response of a provider may take. */
export const PROVIDER_TIMEOUT = 15_000;

const metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url().optional(),
  jwks_uri: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});

/** What Trailport uses of a provider's discovery document. */
export type ProviderMetadata = z.output<typeof metadata>;

const discovered = defineCache<ProviderMetadata>({ name: "identity_provider", ttl: 3_600_000, maxEntries: 1 });

export function discoveryUrl({ issuer }: Pick<IdentityProvider, "issuer">): string {
  return `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
}

/**
 * Returns the discovery document of the configured provider, or null if there is none or it can't be fetched, which is logged.
 * It is fetched once an hour; next-auth would fetch it twice for each sign-in.
 */
export async function findProviderMetadata({ caches, config, log }: Services): Promise<ProviderMetadata | null> {
  if (!config.identityProvider) return null;
  const url = discoveryUrl(config.identityProvider);
  try {
    return await caches.of(discovered).get(url, () => fetchMetadata(url));
  } catch (error) {
    log.error({ err: error, url }, "the identity provider's discovery document can't be fetched");
    return null;
  }
}

async function fetchMetadata(url: string): Promise<ProviderMetadata> {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(PROVIDER_TIMEOUT),
  });
  if (!response.ok) throw new Error(`The identity provider responded with status ${response.status}.`);
  return metadata.parse(await response.json());
}
