import type { IncomingMessage } from "node:http";
import { parseExactJson } from "@/schemas/exact-json";
import { DomainError } from "@/server/kernel/errors";
import { isOversizedJson, MAX_JSON_LEVELS, MAX_JSON_VALUES } from "@/server/kernel/json-size";
import type { BodyClaim } from "./body-budget";
import { overloaded, tooLarge } from "./body-errors";
import { type ContentEncoding, contentEncoding, decompress } from "./content-encoding";
import type { ApiRequest } from "./request";

/** The largest request body in bytes, unless an endpoint allows more. */
export const BODY_LIMIT = 1_000_000;

/** Shared by all requests, because it is never used for streaming and so keeps no state. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Replaces text that is not JSON, or has too many values or levels. No schema accepts a symbol. */
export const notJson = Symbol("not JSON");

/** The client closed the connection before its body was read, so no one waits for a response. */
export class ClientLeftError extends Error {
  override readonly name = "ClientLeftError";
}

/**
 * Reads a JSON body, whose bytes count against the claim as they arrive.
 * @throws DomainError `too_large` above the limit, `invalid_request` if the body is not JSON, `unsupported_media_type` for
 *   an unknown `Content-Encoding`, `unavailable` if the budget has no room, `timeout` if the body arrives too slowly;
 *   ClientLeftError
 */
export async function readJson(request: ApiRequest, limit: number, claim: BodyClaim): Promise<unknown> {
  const text = await readText(request.incoming, limit, claim);
  const value = parseJson(text);
  if (value === notJson) throw invalidJson(text);
  return value;
}

/** The error for a body that `parseJson` does not accept. */
export function invalidJson(text: string): DomainError {
  const why =
    text.trim() === ""
      ? "The request body is empty; it must be JSON."
      : `The request body is not valid JSON, is nested more than ${MAX_JSON_LEVELS} levels deep, or has more than ` +
        `${MAX_JSON_VALUES} values.`;
  return new DomainError("invalid_request", why, { wireCode: "invalid_json" });
}

/** Parses JSON text; returns `notJson` if it is invalid, or has more values or levels than any valid request. */
export function parseJson(text: string): unknown {
  if (isOversizedJson(text)) return notJson;
  try {
    const value = parseExactJson(text);
    return isDeeperThan(MAX_JSON_LEVELS, value) ? notJson : value;
  } catch {
    return notJson;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/**
 * Reads a body as text, whose bytes count against the claim as they arrive.
 * @throws DomainError like `readJson`, but `invalid_request` only if the body is not UTF-8; ClientLeftError
 */
export async function readText(incoming: IncomingMessage, limit: number, claim: BodyClaim): Promise<string> {
  const encoding = contentEncoding(incoming.headers["content-encoding"]);
  const sent = await readBytes(incoming, limit, claim);
  const bytes = encoding === null ? sent : await decompressed(sent, encoding, limit, claim);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError("invalid_request", "The request body is not valid UTF-8.", { wireCode: "invalid_json" });
  }
}

/** Decompresses a body whose result counts against the same limit and claim. */
function decompressed(sent: Buffer, encoding: ContentEncoding, limit: number, claim: BodyClaim): Promise<Buffer> {
  return decompress(sent, encoding, {
    limit,
    reserve: (bytes) => {
      if (!claim.charge(bytes)) throw overloaded();
    },
  });
}

function readBytes(incoming: IncomingMessage, limit: number, claim: BodyClaim): Buffer | Promise<Buffer> {
  if (Number(incoming.headers["content-length"]) > limit) throw tooLarge(limit);
  if (incoming.destroyed) throw clientLeft();
  // The bodies of most events arrive together with their heads, which saves listeners, a promise and a timer.
  return incoming.complete ? takeBuffered(incoming, limit, claim) : receive(incoming, limit, claim);
}

function takeBuffered(incoming: IncomingMessage, limit: number, claim: BodyClaim): Buffer {
  // Without an encoding, the stream's chunks are buffers.
  const bytes = (incoming.read() as Buffer | null) ?? Buffer.alloc(0);
  if (bytes.length > limit) throw tooLarge(limit);
  if (!claim.charge(bytes.length)) throw overloaded();
  return bytes;
}

function receive(incoming: IncomingMessage, limit: number, claim: BodyClaim): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let hasFailed = false;
    const fail = (error: Error) => {
      hasFailed = true;
      chunks.length = 0;
      claim.release();
      reject(error);
    };
    claim.receive(fail);
    incoming.on("data", (chunk: Buffer) => {
      // The rest is received but not kept.
      if (hasFailed) return;
      size += chunk.length;
      if (size > limit) fail(tooLarge(limit));
      else if (claim.charge(chunk.length)) chunks.push(chunk);
      else fail(overloaded());
    });
    incoming.once("end", () => {
      claim.complete();
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    const leave = () => {
      // Also runs after a complete request, where creating an error would take a tenth of the time of an event.
      if (!hasFailed && !incoming.readableEnded) fail(clientLeft());
    };
    incoming.once("error", leave).once("close", leave);
  });
}

function clientLeft(): ClientLeftError {
  return new ClientLeftError("The client closed the connection.");
}
