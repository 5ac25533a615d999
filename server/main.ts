import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import { pino } from "pino";
import { preferBrotliCopies } from "@/server/web/precompressed-files";
import { prepareNextAuth, readEnv } from "@/server/kernel/env";
import { warnOfDurabilityRisks } from "@/server/infra/postgres/durability";
import { closeLiveServices, liveServices } from "@/server/live-services";
import { shutdownState } from "@/server/kernel/shutdown-state";
import { WEB_SHUTDOWN_TIMEOUT } from "@/server/kernel/timeouts";
import { apiListener } from "@/server/rest/api-listener";
import { pageBodyBudget } from "@/server/rest/http/body-budget";
import { logRequests } from "@/server/web/access-log";
import { prepareStop } from "@/server/web/graceful-shutdown";
import { currentPagePaths, readPagePaths } from "@/server/web/page-paths";
import { createWebServer } from "@/server/web/web-server";

const env = readEnv();
prepareNextAuth(env);
const services = liveServices();
void warnOfDurabilityRisks(env.databaseUrl, services.log);
const pages = next({
  dev: env.isDevelopment,
  dir: process.cwd(),
  hostname: env.host,
  port: env.port,
  // Next listens for upgrade requests, which it only uses in development, and never responds to unknown ones. Giving it a
  // server that receives nothing keeps ours away from it: Node treats an upgrade like any other request.
  ...(!env.isDevelopment && { httpServer: createServer() }),
});
await pages.prepare();
const handlePage = pages.getRequestHandler();
const preferCopies = env.isDevelopment ? () => undefined : preferBrotliCopies(".next/static");

const server = createWebServer(env, {
  api: apiListener(services),
  page: (request, response) => {
    preferCopies(request, response);
    void handlePage(request, response);
  },
  paths: env.isDevelopment ? currentPagePaths(process.cwd()) : readPagePaths(process.cwd()),
  bodies: services.caches.of(pageBodyBudget),
});
const stopServing = prepareStop(server);
// Whatever the level of other lines is.
if (env.logsRequests) logRequests(server, pino());

// Node's 511 are full within milliseconds if someone floods the port; then the system makes others wait for a second.
server.listen({ port: env.port, host: env.host, backlog: 4_096 }, () => {
  services.log.info({ host: env.host, port: env.port }, "web is listening");
  process.send?.({ type: "ready" });
  void registerFunctions();
});

let registering: { stop(): Promise<void> } | undefined;
async function registerFunctions(): Promise<void> {
  const { embedded, signingKey } = env.inngest;
  if (embedded || signingKey === undefined) return;
  // Only then, because it would load the functions into this process.
  const { keepFunctionsRegistered } = await import("@/server/live-inngest");
  registering = keepFunctionsRegistered(signingKey, env);
}

let stopping = false;
/** @param drain how long it accepts requests while readiness fails, in milliseconds. */
function stop(drain: number): void {
  if (stopping) return;
  stopping = true;
  services.caches.of(shutdownState).isStopping = true;
  void Promise.all([stopServing(sleep(drain)), registering?.stop()])
    .then(closeLiveServices)
    .finally(() => process.exit(0));
  setTimeout(() => process.exit(1), drain + WEB_SHUTDOWN_TIMEOUT).unref();
}
process.on("SIGTERM", () => stop(env.drainSeconds * 1_000));
process.on("SIGINT", () => stop(env.drainSeconds * 1_000));
// The start command's supervisor was killed. The next one needs the port.
process.on("disconnect", () => stop(0));
