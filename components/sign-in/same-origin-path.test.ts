import { expect, test } from "vitest";
import { sameOriginPath } from "./same-origin-path";

test.for([
  ["/dashboard", "/dashboard"],
  ["/dashboard/environment_1/events?actions=a&x=//y#top", "/dashboard/environment_1/events?actions=a&x=//y#top"],
  ["/a/./b/../c//d", "/a/c//d"],
])("%s is a path on this site", ([wanted, path]) => {
  expect(sameOriginPath(wanted, "/fallback")).toBe(path);
});

test.for([
  undefined,
  "",
  "dashboard",
  "https://evil.example",
  "javascript:alert(1)",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example/phish",
  "/%2e//evil.example",
  "/%2E/%2e%2e//evil.example",
  "/a/..//evil.example",
  "/a/%2e%2e/\\evil.example",
  "/./\\evil.example",
  "/./\n/evil.example",
])("%j is not a path on this site", (wanted) => {
  expect(sameOriginPath(wanted, "/fallback")).toBe("/fallback");
});
