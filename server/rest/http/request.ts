import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Services } from "@/server/kernel/services";
import { ANSWER_HEADERS, type ApiRequest, type Endpoint } from "./endpoint";
import { failed } from "./errors";
import { createEvents, LARGEST_BATCH } from "@/server/rest/resources/events/create-events";
import { createEvent } from "@/server/rest/resources/events/create-event";
import { JSON_TYPE } from "./json";
import { BODY_LIMIT } from "./read-body";

const ENDPOINTS: Readonly<Record<string, { readonly endpoint: Endpoint; readonly limit: number }>> = {
  "/audit_logs/events": { endpoint: createEvent, limit: BODY_LIMIT },
  "/audit_logs/events/batch": { endpoint: createEvents, limit: LARGEST_BATCH },
};

/**
 * Answers requests that send events on Node's own request and response, as the API does on web-standard ones: to make
 * those of an event took a quarter of its time. Answers whether it does; it leaves to the API what has another spelling,
 * no announced length or too large a one.
 */
export function sentEventsListener(
  services: Services,
): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const known = new Map(
    Object.entries(ENDPOINTS).map(([route, { endpoint, limit }]) => {
      const { status } = endpoint.documentation;
      return [route, { answer: endpoint.answerer(services), status, limit }];
    }),
  );
  return (incoming, outgoing) => {
    const route = incoming.url ?? "";
    const endpoint = incoming.method === "POST" ? known.get(route) : undefined;
    if (!endpoint || !(Number(incoming.headers["content-length"]) <= endpoint.limit)) return false;
    const id = randomUUID();
    const started = performance.now();
    const answer = endpoint
      .answer(requestOf(incoming), () => "")
      .then(
        (body) => ({ status: endpoint.status, body, headers: ANSWER_HEADERS }),
        (failure: unknown) => (hasLeft(incoming) ? null : failed(failure, { id, log: services.log })),
      );
    const write = (answered: Awaited<typeof answer>) => {
      if (answered === null) return;
      const { status, body, headers } = answered;
      services.metrics.request({ route, method: "POST", status }, (performance.now() - started) / 1000);
      // As a text, so that it goes out in one piece with the head.
      const text = JSON.stringify(body);
      const length = Buffer.byteLength(text);
      outgoing.writeHead(status, {
        "content-type": JSON_TYPE,
        ...headers,
        "x-request-id": id,
        "content-length": length,
      });
      outgoing.end(text);
    };
    answer.then(write).catch((error: unknown) => {
      services.log.error({ requestId: id, err: error }, "an answer could not be written");
      outgoing.destroy();
    });
    return true;
  };
}

/** Whether the sender went away before all of the body had come. */
function hasLeft(incoming: IncomingMessage): boolean {
  return incoming.destroyed && !incoming.complete;
}

function requestOf(incoming: IncomingMessage): ApiRequest {
  const header = (name: string) => incoming.headers[name]?.toString() ?? null;
  return {
    headers: { get: header, has: (name) => header(name) !== null },
    url: incoming.url ?? "",
    body: incoming,
    arrayBuffer: () => bytesOf(incoming),
  };
}

function bytesOf(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.once("error", reject);
    incoming.once("close", () => {
      if (!incoming.complete) reject(new Error("The sender closed the connection."));
    });
  });
}
