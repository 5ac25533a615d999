import { expect, test, vi } from "vitest";
import { DomainError } from "./errors";

test("errors of another copy of the module, as in Next's bundle, are recognized", async () => {
  vi.resetModules();
  const copy = await import("./errors");
  expect(copy.DomainError).not.toBe(DomainError);
  expect(new copy.DomainError("unavailable", "The database is unavailable.")).toBeInstanceOf(DomainError);
  expect(new Error("unavailable")).not.toBeInstanceOf(DomainError);
});
