import type { BrowserContext } from "@playwright/test";

/**
 * Notes what no page of the context may do, those it opens later included: complain on the console, fail to catch an
 * error, or ask a host that is not among `origins`. The list grows for as long as the context lives.
 */
export function listen(context: BrowserContext, origins: readonly string[]): readonly string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    // A refused sign-in or an ended link is a 4xx, which the browser itself notes.
    const expected = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !expected)
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (failure) => complaints.push(`uncaught: ${failure.error().message}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && !origins.includes(origin))
      complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}
