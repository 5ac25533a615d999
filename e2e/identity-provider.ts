import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const CLIENT = { id: "trailport", secret: "a secret of the tests" } as const;

interface Login {
  readonly nonce: string;
  readonly challenge: string;
  readonly email: string;
  readonly verified: boolean;
}

/** Serves a small OpenID Connect provider whose login form accepts any email. Only the user info contains the email. */
export async function serveIdentityProvider(): Promise<{ variables: Record<string, string>; close: () => void }> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, Login>();
  const accessTokens = new Map<string, Login>();
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // `address()` returns an object for a server that listens on a port.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", issuer);
    const form = new URLSearchParams(await textOf(request));
    const json = (body: object, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (url.pathname === "/.well-known/openid-configuration") {
      return void json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
      });
    }
    if (url.pathname === "/jwks") {
      return void json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] });
    }
    if (url.pathname === "/authorize" && request.method === "GET") {
      response.writeHead(200, { "content-type": "text/html" });
      return void response.end(
        `<form method="post"><label>Who you are <input name="email"></label>
         <label><input type="checkbox" name="verified" checked> Verified</label><button>Log in</button></form>`,
      );
    }
    const asked = (name: string) => url.searchParams.get(name) ?? "";
    if (url.pathname === "/authorize") {
      const code = randomUUID();
      const who = { email: form.get("email") ?? "", verified: form.has("verified") };
      codes.set(code, { ...who, nonce: asked("nonce"), challenge: asked("code_challenge") });
      const back = new URL(asked("redirect_uri"));
      back.search = new URLSearchParams({ code, state: asked("state") }).toString();
      return void response.writeHead(303, { location: back.href }).end();
    }
    if (url.pathname === "/token") {
      const login = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const verifier = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      const basic = [CLIENT.id, CLIENT.secret].map((part) => encodeURIComponent(part).replaceAll("%20", "+")).join(":");
      const isClient = request.headers.authorization === `Basic ${Buffer.from(basic).toString("base64")}`;
      if (!login || !isClient || verifier !== login.challenge) return void json({ error: "invalid_grant" }, 400);
      const accessToken = randomUUID();
      accessTokens.set(accessToken, login);
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, aud: CLIENT.id, sub: login.email, iat: now, exp: now + 60, nonce: login.nonce };
      const unsigned = [{ alg: "RS256", kid: "1" }, claims].map(base64url).join(".");
      const signature = sign("RSA-SHA256", Buffer.from(unsigned), privateKey).toString("base64url");
      return void json({ access_token: accessToken, token_type: "Bearer", id_token: `${unsigned}.${signature}` });
    }
    const login = accessTokens.get(request.headers.authorization?.replace(/^Bearer /, "") ?? "");
    if (!login) return void json({ error: "invalid_token" }, 401);
    json({ sub: login.email, email: login.email, email_verified: login.verified, name: "Vouched For" });
  }

  const variables = {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: "Example ID",
  };
  return { variables, close: () => void server.close() };
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString();
}
