import type { ServiceConfig } from "@/server/kernel/services";

/**
 * Returns whether a request's `Origin` names this installation. Its host may differ from `PUBLIC_URL`, because a proxy may
 * forward requests with another one. Under https, pages over http are another site: anyone on the network can change them.
 */
export function isOwnOrigin({ publicUrl }: ServiceConfig, headers: Headers): boolean {
  const origin = headers.get("origin") ?? "";
  if (!URL.canParse(origin)) return false;
  const [given, own] = [new URL(origin), new URL(publicUrl)];
  if (!["https:", own.protocol].includes(given.protocol)) return false;
  return given.host === own.host || given.host === headers.get("host")?.toLowerCase();
}
