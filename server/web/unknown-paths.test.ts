import type { RequestListener } from "node:http";
import { expect, onTestFinished } from "vitest";
import { apiListener } from "@/server/rest/api-listener";
import { BodyBudget } from "@/server/rest/http/body-budget";
import type { Services } from "@/server/kernel/services";
import { faultsOf } from "@/server/testing/fuzz/response-faults";
import { test } from "@/server/testing/fixtures";
import { listen } from "@/server/testing/listen";
import { readPagePaths } from "./page-paths";
import { createWebServer } from "./web-server";

/** The web process's server with the real API; pages respond with HTML, as Next does. */
async function serve(services: Services) {
  const page: RequestListener = (_request, response) => void response.writeHead(404).end("<html></html>");
  const env = {
    isDevelopment: false,
    publicUrl: services.config.publicUrl,
    trustedProxies: 0,
    inngest: { workerPort: undefined },
  };
  const paths = readPagePaths(process.cwd());
  const server = createWebServer(env, { api: apiListener(services), page, paths, bodies: new BodyBudget() });
  const { url, close } = await listen(server);
  onTestFinished(close);
  return url;
}

const unknown = [
  ["GET", "/connections"],
  ["GET", "/sso/authorize"],
  ["POST", "/sso/token"],
  ["GET", "/directories"],
  ["GET", "/directory_groups?directory=x"],
  ["POST", "/user_management/authenticate"],
  ["GET", "/user_management/users/user_1"],
  ["GET", "/events"],
  ["POST", "/portal/nothing"],
  ["GET", "/portal/nothing"],
  ["POST", "/sign-in"],
  ["DELETE", "/dashboard"],
  ["PUT", "/api/trpc"],
  ["GET", "/api/nothing"],
  ["GET", "//connections"],
  ["GET", "/%00"],
] as const;

test.for(unknown)("%s %s returns 404 in JSON with a request ID", async ([method, path], { world }) => {
  const url = await serve(world.services);
  const response = await fetch(url + path, { method });
  const headers = Object.fromEntries(response.headers);
  expect(faultsOf({ status: response.status, headers, text: await response.text() }, { method })).toEqual([]);
  expect(response.status).toBe(404);
});
