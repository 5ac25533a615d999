import { createHmac } from "node:crypto";
import canonicalize from "canonicalize";
import { headerKeys } from "inngest";

interface Content {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Creates a request to the functions, signed like an Inngest server's. */
export function signedRequest(signingKey: string, { method, url, body, headers }: Content): Request {
  // The SDK canonicalizes a body before it checks the signature, with the same package in the same version.
  const canonical = canonicalize(body) ?? "";
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", withoutPrefix(signingKey)).update(`${canonical}${time}`).digest("hex");
  return new Request(url, {
    method,
    // The handler builds its own URL from the host header, which nothing adds to an in-process request.
    headers: {
      host: new URL(url).host,
      [headerKeys.ContentType]: "application/json",
      [headerKeys.Signature]: `t=${time}&s=${signature}`,
      ...headers,
    },
    body: canonical,
  });
}

/** Creates the signed request that reads the functions, as they would be at `url`. */
export function functionsRequest(
  signingKey: string,
  { callUrl, url }: { readonly callUrl: string; readonly url: string },
) {
  const headers = { [headerKeys.InngestSyncKind]: "in_band" };
  return signedRequest(signingKey, { method: "PUT", url: callUrl, body: { url }, headers });
}

/** Returns a signing key without a prefix such as `signkey-prod-`. */
export function withoutPrefix(signingKey: string): string {
  return signingKey.replace(/^signkey-\w+-/, "");
}
