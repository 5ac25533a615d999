import { expect, test } from "vitest";
import { failureMessage } from "./failure-message";

class DatabaseError extends Error {
  override readonly name = "PrismaClientKnownRequestError";
}

test("an error of the database is one line, without an excerpt of the code", () => {
  expect(failureMessage(new Error("DATABASE_URL: could not connect"))).toBe("DATABASE_URL: could not connect");
  const error = new DatabaseError(
    "\nInvalid `create()` invocation in\n/app/x.ts:1:2\n\n→ 1 x.create(\nUnique constraint failed",
  );
  expect(failureMessage(error)).toBe("Unique constraint failed");
});

test("an error that only a bug throws has a stack", () => {
  expect(failureMessage(new TypeError("x is not a function"))).toContain("failure-message.fast.test.ts");
});
