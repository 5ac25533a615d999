import type { IncomingMessage } from "node:http";

/** Whether a person's browser opens the URL. No SDK sends these headers; browsers send the first one only over HTTPS. */
export function isNavigation({ headers }: IncomingMessage): boolean {
  return headers["sec-fetch-mode"] === "navigate" || (headers.accept ?? "").includes("application/xhtml+xml");
}
