const SOMEWHERE = "https://trailport.invalid";

/** `wanted` when it is a path of this site, otherwise `fallback`: a sign-in link must not lead elsewhere. */
export function sameOriginPath(wanted: string | undefined, fallback: string): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, SOMEWHERE)) return fallback;
  const { origin, pathname, search, hash } = new URL(wanted, SOMEWHERE);
  // Without its dots a path can begin with what is a host to a browser, as that of `/.//evil.example` does.
  return origin === SOMEWHERE && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : fallback;
}
