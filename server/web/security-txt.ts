import type { Services } from "@/server/kernel/services";

/** Days for which readers may trust the file (RFC 9116 recommends less than a year). */
const VALID_DAYS = 180;

/** Returns `/.well-known/security.txt` (RFC 9116) with the operator's contact, or 404 if none is configured. */
export function securityTxt({ config, now }: Pick<Services, "config" | "now">): Response {
  if (config.securityContact === null)
    return Response.json({ message: "This installation publishes no security contact." }, { status: 404 });
  const expires = new Date(now().getTime() + VALID_DAYS * 86_400_000).toISOString();
  const lines = [
    `Contact: ${config.securityContact}`,
    `Expires: ${expires}`,
    "Preferred-Languages: en",
    `Canonical: ${config.publicUrl}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
