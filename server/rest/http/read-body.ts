import type { IncomingMessage } from "node:http";
import { DomainError } from "@/server/kernel/errors";
import type { ApiRequest } from "./request";

/** The largest request body in bytes, unless an endpoint allows more. */
export const BODY_LIMIT = 1_000_000;

/** Valid bodies have fewer levels. Serializing a body with thousands of levels would overflow the stack. */
const MAX_LEVELS = 64;

/** Shared by all requests, because it is never used for streaming and so keeps no state. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Replaces text that is not JSON or has too many levels. No schema accepts a symbol. */
const notJson = Symbol("not JSON");

/** The client closed the connection before its body was read, so no one waits for a response. */
export class ClientLeftError extends Error {
  override readonly name = "ClientLeftError";
}

/**
 * Reads a JSON body.
 * @throws DomainError `too_large` above the limit, `invalid_request` if the body is not JSON; ClientLeftError
 */
export async function readJson(request: ApiRequest, limit: number): Promise<unknown> {
  const text = await readText(request.incoming, limit);
  const value = parseJson(text);
  if (value !== notJson) return value;
  const why =
    text.trim() === ""
      ? "The request body is empty; it must be JSON."
      : `The request body is not valid JSON, or is nested more than ${MAX_LEVELS} levels deep.`;
  throw new DomainError("invalid_request", why, { wireCode: "invalid_json" });
}

/**
 * Reads a JSON body or, if the content type is newline-delimited JSON, a list with one item per line. A line that is not
 * JSON keeps its place in the list.
 */
export async function readJsonOrLines(request: ApiRequest, limit: number): Promise<unknown> {
  if (!/ndjson|jsonl|json-lines/.test(request.header("content-type") ?? "")) return readJson(request, limit);
  const lines = (await readText(request.incoming, limit)).split("\n").filter((line) => line.trim() !== "");
  return lines.map(parseJson);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(MAX_LEVELS, value) ? notJson : value;
  } catch {
    return notJson;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/** Returns the error for a body of more than `limit` bytes. */
export function tooLarge(limit: number): DomainError {
  return new DomainError("too_large", `The request body is larger than ${limit} bytes.`, {
    wireCode: "request_too_large",
  });
}

async function readText(incoming: IncomingMessage, limit: number): Promise<string> {
  const bytes = await readBytes(incoming, limit);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError("invalid_request", "The request body is not valid UTF-8.", { wireCode: "invalid_json" });
  }
}

function readBytes(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(incoming.headers["content-length"]) > limit) return reject(tooLarge(limit));
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      // The rest is received but not kept.
      chunks.length = 0;
      reject(tooLarge(limit));
    });
    const leave = () => {
      // Also runs after a complete request, where creating an error would take a tenth of the time of an event.
      if (!incoming.readableEnded) reject(new ClientLeftError("The client closed the connection."));
    };
    if (incoming.destroyed) return leave();
    incoming.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.once("error", leave).once("close", leave);
  });
}
