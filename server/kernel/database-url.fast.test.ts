import { expect, test } from "vitest";
import { databaseUrl, describeDatabase } from "./database-url";

function problemOf(url: string): string | undefined {
  return databaseUrl.safeParse(url).error?.issues[0]?.message;
}

test.for([
  "postgresql://ada:s3cret@db.example.com:5432/log",
  "postgres://ada:p%40%2F%23%3F%25@db/log?sslmode=verify-full&sslrootcert=/etc/ca.pem",
  "postgresql://ada:p@ss:word@db/log",
  "postgresql:///log?host=/var/run/postgresql&user=ada",
  "postgresql://[::1]/log?schema=public",
])("a valid URL is accepted: %s", (url) => {
  expect(problemOf(url)).toBeUndefined();
});

test.for(["12/34s3cret", "12#34s3cret", "12?34s3cret", "s3/cret@", "s3cret%zz", "s3cret%c3x"])(
  "a password with an unescaped character is rejected without any part of it: %s",
  (password) => {
    const problem = problemOf(`postgresql://ada:${password}@db.example.com/log`);
    expect(problem).toMatch(/^must be a URL such as|^has a special character in its user name or password/);
    expect(problem).not.toMatch(/s3|cret|34|ada/);
  },
);

test("another schema, and unknown or incomplete TLS modes, are rejected by name", () => {
  expect(problemOf("postgresql://db/log?schema=app")).toMatch(/^names a schema/);
  expect(problemOf("postgresql://db/log?sslmode=allow")).toMatch(/^must have one of these as sslmode/);
  expect(problemOf("postgresql://db/log?sslmode=verify-ca")).toMatch(/^needs sslrootcert/);
});

test("a description of a database contains everything but the password", () => {
  expect(describeDatabase("postgresql://ada:s3cret@db.example.com/log?sslmode=require")).toBe(
    "ada@db.example.com:5432/log",
  );
});
