import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { lazyS3 } from "./s3-client";
import { parseS3Address } from "./s3-settings";

test("opening the store prints no warning on Node 20", async () => {
  Object.defineProperty(process, "version", { value: "v20.19.0" });
  const warnings: string[] = [];
  process.on("warning", ({ message }) => warnings.push(message));

  await lazyS3(parseS3Address("s3://files"), { region: "us-east-1" })();
  // A warning of our own proves that earlier ones have arrived.
  const [arrived] = await Promise.all([once(process, "warning"), setImmediate(process.emitWarning("the last one"))]);

  expect(arrived).toHaveLength(1);
  expect(warnings).toEqual(["the last one"]);
});
