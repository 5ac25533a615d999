/** Stands in for this site's origin, which paths are resolved against. */
const ORIGIN = "https://trailport.invalid";

/** Returns `wanted` if it is a path on this site, and `fallback` otherwise, so that a sign-in link cannot redirect elsewhere. */
export function sameOriginPath(wanted: string | undefined, fallback: string): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, ORIGIN)) return fallback;
  const { origin, pathname, search, hash } = new URL(wanted, ORIGIN);
  // Resolving dot segments turns `/.//evil.example` into `//evil.example`, which a browser takes for a host.
  return origin === ORIGIN && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : fallback;
}
