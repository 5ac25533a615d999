import { z } from "zod";

/** The URL of a host as in `https://audit.example.com`, converted to its origin: a scheme, a host and perhaps a port. */
export const publicUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  // The text is checked too: the URL doesn't contain an empty query, hash or name.
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !/[?#@\\]|\/.*\/.*\/./.test(text.trim()))
    return url.origin;
  context.addIssue({
    code: "custom",
    message: "must be a URL such as https://audit.example.com, without a path, query, hash or credentials",
  });
  return z.NEVER;
});

/** Returns what an operator must know about the URL, or null. */
export function publicUrlNotice(url: string): string | null {
  if (!url.startsWith("https:")) return null;
  return `People must open ${url}, over https. Over http, browsers reject Trailport's cookies, so no one can sign in or open the portal.`;
}
