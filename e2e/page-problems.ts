import type { BrowserContext } from "@playwright/test";

/**
 * Records every console error or warning, uncaught error, and request to an origin outside `origins`, on all pages of the
 * context, including pages opened later. The returned list grows while the context is open.
 */
export function recordProblems(context: BrowserContext, origins: readonly string[]): readonly string[] {
  const problems: string[] = [];
  context.on("console", (message) => {
    // The browser itself logs every 4xx, which a failed sign-in or an expired link causes on purpose.
    const expected = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !expected)
      problems.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (failure) => problems.push(`uncaught: ${failure.error().message}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && !origins.includes(origin))
      problems.push(`request to ${request.url()}`);
  });
  return problems;
}
