import { expect, test } from "vitest";
import { readStartEnv } from "@/server/embedded/supervisor/start-env";
import { readEnv } from "./env";

const secret = "x".repeat(32);
const complete = { DATABASE_URL: "postgres://localhost/x", AUTH_SECRET: secret, DOWNLOAD_SECRET: secret };
const keys = { INNGEST_EVENT_KEY: "event-key", INNGEST_SIGNING_KEY: "ab".repeat(32) };

/** Returns the problems of an environment, one line each; none if it is valid. */
function problems(variables: Record<string, string>): string[] {
  try {
    readEnv({ ...complete, ...variables });
    return [];
  } catch (error) {
    return String(error)
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}

test("both Inngest keys are accepted, with and without a prefix, a URL and an old key", () => {
  expect(problems(keys)).toEqual([]);
  expect(problems({})).toEqual([]);
  const more = { INNGEST_BASE_URL: "http://inngest:8288", INNGEST_SERVE_ORIGIN: "https://audit.example.com" };
  const prefixed = {
    INNGEST_SIGNING_KEY: `signkey-prod-${"0F".repeat(32)}`,
    INNGEST_SIGNING_KEY_FALLBACK: "cd".repeat(16),
  };
  expect(problems({ ...keys, ...more, ...prefixed })).toEqual([]);
});

test.for([
  [{ INNGEST_SIGNING_KEY: "ab".repeat(32) }, "INNGEST_EVENT_KEY: is required with INNGEST_SIGNING_KEY"],
  [{ INNGEST_EVENT_KEY: "key" }, "INNGEST_SIGNING_KEY: is required with INNGEST_EVENT_KEY"],
  [{ ...keys, INNGEST_SIGNING_KEY: "" }, "INNGEST_SIGNING_KEY: is required with INNGEST_EVENT_KEY"],
  [{ ...keys, INNGEST_SIGNING_KEY: "abc".repeat(11) }, "INNGEST_SIGNING_KEY: must be an even number of hex digits"],
  [{ ...keys, INNGEST_SIGNING_KEY: "hush hush" }, "INNGEST_SIGNING_KEY: must be an even number of hex digits"],
  [{ ...keys, INNGEST_SIGNING_KEY_FALLBACK: "hush" }, "INNGEST_SIGNING_KEY_FALLBACK: must be an even number of hex"],
  [{ ...keys, INNGEST_EVENT_KEY: "hush hush" }, "INNGEST_EVENT_KEY: must have no spaces"],
  [{ ...keys, INNGEST_BASE_URL: "inngest:8288" }, "INNGEST_BASE_URL: must be a URL such as http://inngest"],
  [{ ...keys, INNGEST_SERVE_ORIGIN: "https://a.example/api" }, "INNGEST_SERVE_ORIGIN: must be a URL such as"],
  [{ ...keys, INNGEST_DEV: "1" }, "INNGEST_DEV: turns off the check of signatures"],
  [{ INNGEST_DEV: "http://localhost:8288" }, "INNGEST_DEV: turns off the check of signatures"],
  [
    { ...keys, INNGEST_SERVE_HOST: "https://a.example" },
    "INNGEST_SERVE_HOST: isn't supported. Set INNGEST_SERVE_ORIGIN",
  ],
] as const)("a partial or wrong setting is rejected in one line: %j", ([variables, problem]) => {
  const found = problems(variables);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(problem);
  expect(found[0]).not.toContain("hush");
});

test("a URL of Inngest without keys is rejected with both keys", () => {
  const base = "is required with INNGEST_BASE_URL";
  expect(problems({ INNGEST_BASE_URL: "http://inngest:8288" })).toEqual([
    `INNGEST_EVENT_KEY: ${base}`,
    `INNGEST_SIGNING_KEY: ${base}`,
  ]);
});

test("the variables that Kubernetes sets for a service named inngest do not choose a server", () => {
  const kubernetes = { INNGEST_SERVICE_HOST: "10.0.0.7", INNGEST_PORT: "tcp://10.0.0.7:8288", INNGEST_DEV: "0" };
  expect(problems(kubernetes)).toEqual([]);
  expect(readStartEnv(kubernetes, 1e9).hasInngest).toBe(false);
  expect(readStartEnv({ ...kubernetes, ...keys }, 1e9).hasInngest).toBe(true);
});
