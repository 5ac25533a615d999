import { expect, test } from "vitest";
import { readEnv } from "./env";

const secret = "x".repeat(32);
const complete = { DATABASE_URL: "postgres://localhost/x", AUTH_SECRET: secret, DOWNLOAD_SECRET: secret };

test("an identity provider is given whole or not at all, and what is missing is named without a value", () => {
  expect(readEnv(complete).identityProvider).toBeNull();
  const oidc = { OIDC_ISSUER: "https://id.example.com", OIDC_CLIENT_ID: "trailport", OIDC_CLIENT_SECRET: "hush" };
  const { OIDC_CLIENT_SECRET: _, ...partial } = oidc;
  expect(() => readEnv({ ...complete, ...partial })).toThrow(
    /OIDC_CLIENT_SECRET: is needed beside OIDC_ISSUER and OIDC_CLIENT_ID$/,
  );
  expect(readEnv({ ...complete, ...oidc }).identityProvider).toMatchObject({ clientSecret: "hush" });
});

test("mail comes from the address that is configured, or from the host that people know", () => {
  expect(readEnv(complete).mail).toBeNull();
  const mailing = { ...complete, SMTP_URL: "smtp://mail.example.com", PUBLIC_URL: "https://audit.example.com" };
  expect(readEnv(mailing).mail?.from).toBe("Trailport <no-reply@audit.example.com>");
  expect(readEnv({ ...mailing, MAIL_FROM: "logs@example.com" }).mail?.from).toBe("logs@example.com");
  expect(() => readEnv({ ...complete, SMTP_URL: "https://mail.example.com" })).toThrow(/SMTP_URL/);
});
