import type { RequestListener } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
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
  const { url, port, close } = await listen(server);
  onTestFinished(close);
  return { url, port };
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
  const { url } = await serve(world.services);
  const response = await fetch(url + path, { method });
  const headers = Object.fromEntries(response.headers);
  expect(faultsOf({ status: response.status, headers, text: await response.text() }, { method })).toEqual([]);
  expect(response.status).toBe(404);
});

test.for([
  ["HTTP/1.1 without a Host header", "GET /organizations HTTP/1.1\r\nConnection: close\r\n\r\n"],
  ["a page over HTTP/1.1 without a Host header", "GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n"],
  ["a page with an invalid Host header", "GET /sign-in HTTP/1.1\r\nHost: a b[\r\nConnection: close\r\n\r\n"],
] as const)("%s gets 400 in JSON", async ([, bytes], { world }) => {
  const { port } = await serve(world.services);
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  const response = await text(socket);
  expect(response).toMatch(/^HTTP\/1\.1 400 /);
  expect(response).toMatch(/x-request-id: [^]*\{"message":"The request has /);
});

test("health checks over HTTP/1.0 without a Host header succeed", async ({ world }) => {
  const { port } = await serve(world.services);
  for (const path of ["/api/health", "/api/health/ready"]) {
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET ${path} HTTP/1.0\r\n\r\n`);
    expect(await text(socket), path).toMatch(/^HTTP\/1\.1 200 /);
  }
});
