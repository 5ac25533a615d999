import { expect, test } from "vitest";
import { readEnv } from "./env";

const secret = "x".repeat(32);
const complete = { DATABASE_URL: "postgres://localhost/x", AUTH_SECRET: secret, DOWNLOAD_SECRET: secret };

test("a partly configured identity provider is an error that names what is missing, without values", () => {
  expect(readEnv(complete).identityProvider).toBeNull();
  const oidc = { OIDC_ISSUER: "https://id.example.com", OIDC_CLIENT_ID: "trailport", OIDC_CLIENT_SECRET: "hush" };
  const { OIDC_CLIENT_SECRET: _, ...partial } = oidc;
  expect(() => readEnv({ ...complete, ...partial })).toThrow(
    /OIDC_CLIENT_SECRET: is required with OIDC_ISSUER and OIDC_CLIENT_ID$/,
  );
  expect(readEnv({ ...complete, ...oidc }).identityProvider).toMatchObject({ clientSecret: "hush" });
});

test("PUBLIC_URL is a scheme, a host and perhaps a port, and nothing else", () => {
  const publicUrl = (url: string) => readEnv({ ...complete, PUBLIC_URL: url }).publicUrl;
  expect(publicUrl("")).toBe("http://localhost:3000");
  for (const [given, origin] of [
    ["https://audit.example.com", "https://audit.example.com"],
    ["https://audit.example.com/", "https://audit.example.com"],
    ["HTTPS://Audit.example.com:443", "https://audit.example.com"],
    ["http://192.0.2.1:3000", "http://192.0.2.1:3000"],
    ["http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080"],
  ] as const)
    expect(publicUrl(given), given).toBe(origin);
  for (const rejected of [
    "https://audit.example.com/trailport",
    "https://audit.example.com//",
    "https://audit.example.com/.",
    "https://audit.example.com/?",
    "https://audit.example.com?a=1",
    "https://audit.example.com/#top",
    "https://audit.example.com#",
    "https://ada:hush@audit.example.com",
    "https://@audit.example.com",
    "ftp://audit.example.com",
    "audit.example.com",
    "https://",
  ])
    expect(() => publicUrl(rejected), rejected).toThrow(/PUBLIC_URL: must be a URL such as .* without a path/);
  expect(() => publicUrl("https://ada:hush@audit.example.com")).not.toThrow(/hush/);
});

test("issuers whose emails are trusted are a list of URLs", () => {
  const oidc = { OIDC_ISSUER: "https://id.example.com", OIDC_CLIENT_ID: "trailport", OIDC_CLIENT_SECRET: "hush" };
  const trusted = (list: string) => readEnv({ ...complete, ...oidc, OIDC_TRUSTED_ISSUERS: list }).identityProvider;
  expect(trusted("https://a.example/v2.0, https://b.example")).toMatchObject({
    trustedIssuers: ["https://a.example/v2.0", "https://b.example"],
  });
  expect(trusted("")).toMatchObject({ trustedIssuers: [] });
  expect(() => trusted("everyone")).toThrow(/OIDC_TRUSTED_ISSUERS/);
});

test("emails are sent from MAIL_FROM or, by default, from the public host", () => {
  expect(readEnv(complete).mail).toBeNull();
  const mailing = { ...complete, SMTP_URL: "smtp://mail.example.com", PUBLIC_URL: "https://audit.example.com" };
  expect(readEnv(mailing).mail?.from).toBe("Trailport <no-reply@audit.example.com>");
  expect(readEnv({ ...mailing, MAIL_FROM: "logs@example.com" }).mail?.from).toBe("logs@example.com");
  expect(() => readEnv({ ...complete, SMTP_URL: "https://mail.example.com" })).toThrow(/SMTP_URL/);
});
