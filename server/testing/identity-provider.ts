import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { listen } from "./listen";

interface ProviderOptions {
  /** Claims of the ID token, in addition to the required ones. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly algorithm?: "RS256" | "ES256" | "HS256";
  /** Milliseconds until the provider responds with tokens. */
  readonly delay?: number;
  readonly discovery?: Readonly<Record<string, unknown>>;
}

/** Serves a small OpenID Connect provider that signs everyone in with the same claims. */
export async function serveProvider({ claims, algorithm = "RS256", delay = 0, discovery = {} }: ProviderOptions) {
  const { publicKey, privateKey } =
    algorithm === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, URLSearchParams>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    setTimeout(() => void respond(request, response), request.url === "/token" ? delay : 0);
  });
  const { url: issuer, close } = await listen(server);

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (body: object, status = 200) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/.well-known/openid-configuration") {
      const [authorization_endpoint, token_endpoint, jwks_uri] = ["authorize", "token", "jwks"].map(
        (path) => `${issuer}/${path}`,
      );
      return json({ issuer, authorization_endpoint, token_endpoint, jwks_uri, ...discovery });
    }
    if (request.url === "/jwks")
      return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: algorithm, use: "sig" }] });
    const form = new URLSearchParams(await text(request));
    const asked = codes.get(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (request.url !== "/token" || challenge !== asked?.get("code_challenge"))
      return json({ error: "invalid_grant" }, 400);
    const now = Math.floor(Date.now() / 1000);
    const nonce = asked.get("nonce");
    const token = { iss: issuer, aud: "trailport", sub: "1", iat: now, exp: now + 60, nonce, ...claims };
    const unsigned = [{ alg: algorithm, kid: "1" }, token]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const signature = sign("sha256", Buffer.from(unsigned), { key: privateKey, dsaEncoding: "ieee-p1363" });
    json({ access_token: "1", token_type: "Bearer", id_token: `${unsigned}.${signature.toString("base64url")}` });
  }

  return {
    issuer,
    close,
    /** The paths of all requests so far. */
    requests,
    /** Signs in at the URL to which a browser is sent. Returns the parameters with which it comes back. */
    signIn(url: string): Record<string, string> {
      const { searchParams } = new URL(url);
      const code = randomUUID();
      codes.set(code, searchParams);
      return { code, state: searchParams.get("state") ?? "" };
    },
  };
}
