const SOMEWHERE = "https://trailport.invalid";

/** `wanted` when it is a path of this site, otherwise `fallback`: a sign-in link must not lead elsewhere. */
export function sameOriginPath(wanted: string | undefined, fallback: string): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, SOMEWHERE)) return fallback;
  const url = new URL(wanted, SOMEWHERE);
  return url.origin === SOMEWHERE ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
