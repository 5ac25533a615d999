import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { noteClientAddress } from "@/server/auth/client-address";
import { preferBrotliCopies } from "@/server/brotli-copies";
import { prepareNextAuth, readEnv } from "@/server/env";
import { warnOfDurabilityRisks } from "@/server/infra/durability";
import { closeLiveServices, liveServices } from "@/server/live-services";
import { passToWorker } from "@/server/pass-to-worker";
import { ANSWER_PATIENCE } from "@/server/patience";
import { isApiPath } from "@/server/rest/api";
import { answerMalformed, apiListener } from "@/server/rest/listener";
import { pageHeaders } from "@/server/rest/page-headers";
import { prepareStop } from "@/server/stop-serving";

const env = readEnv();
const { workerPort } = env.inngest;
prepareNextAuth(env);
const services = liveServices();
void warnOfDurabilityRisks(env.databaseUrl, services.log);
const answerApi = apiListener(services);
const pages = next({
  dev: env.isDevelopment,
  dir: process.cwd(),
  hostname: env.host,
  port: env.port,
  // Next listens for upgrades, which it has a use for in development only, and leaves unanswered all that it does not
  // know. On a server that hears nothing it takes none of ours: Node answers them like any other request.
  ...(!env.isDevelopment && { httpServer: createServer() }),
});
await pages.prepare();
const answerPage = pages.getRequestHandler();
const preferCopies = env.isDevelopment ? () => undefined : preferBrotliCopies(".next/static");

const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  if (isApiPath(path)) return answerApi(request, response);
  if (path === "/api/inngest" && workerPort !== undefined) return passToWorker(workerPort, request, response);
  noteClientAddress(request, env.trustedProxies);
  const headers = pageHeaders(env, randomBytes(16).toString("base64"));
  // Next takes the nonce for its own scripts from the request's policy.
  request.headers["content-security-policy"] = headers["content-security-policy"];
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  preferCopies(request, response);
  return void answerPage(request, response);
});
// Behind a proxy that keeps connections for a minute, ours must not be the side that closes them.
server.keepAliveTimeout = 65_000;
server.on("clientError", answerMalformed);
const stopServing = prepareStop(server);

server.listen(env.port, env.host, () => {
  services.log.info({ host: env.host, port: env.port }, "web is listening");
  process.send?.({ type: "ready" });
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  void stopServing()
    .then(closeLiveServices)
    .finally(() => process.exit(0));
  setTimeout(() => process.exit(1), ANSWER_PATIENCE).unref();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
// The start command's supervisor has vanished.
process.on("disconnect", stop);
