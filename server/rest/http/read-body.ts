import { DomainError } from "@/server/kernel/errors";
import type { ApiRequest } from "./endpoint";

/** The largest request body, in bytes, where an endpoint does not say otherwise. */
export const BODY_LIMIT = 1_000_000;

/** Nothing that is asked for is nested as deeply; what is exhausts the stack of whoever writes it down again. */
const MOST_LEVELS = 64;

/** Keeps nothing from one text to the next. */
const wholeTexts = new TextDecoder("utf-8", { fatal: true });

/** A text, or a line of it, that was not JSON or nested too deeply; no schema takes it. */
const notJson = Symbol("not JSON");

/**
 * The request's JSON body.
 * @throws DomainError `too_large` past the limit, however the length was announced; `invalid_request` when it is not JSON
 */
export async function readJson(request: ApiRequest, limit = BODY_LIMIT): Promise<unknown> {
  const text = await readText(request, limit);
  const value = parseJson(text);
  if (value !== notJson) return value;
  const why =
    text.trim() === ""
      ? "The request body is empty; it must be JSON."
      : `The request body is not valid JSON, or is nested more than ${MOST_LEVELS} levels deep.`;
  throw new DomainError("invalid_request", why, { wireCode: "invalid_json" });
}

/** The same, or with a newline-delimited content type the list of its lines; a line that is not JSON stays in its place. */
export async function readJsonOrLines(request: ApiRequest, limit: number): Promise<unknown> {
  if (!/ndjson|jsonl|json-lines/.test(request.headers.get("content-type") ?? "")) return readJson(request, limit);
  const lines = (await readText(request, limit)).split("\n").filter((line) => line.trim() !== "");
  return lines.map(parseJson);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(MOST_LEVELS, value) ? notJson : value;
  } catch {
    return notJson;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/** Says that a body is larger than so many bytes. */
export function tooLarge(limit: number): DomainError {
  return new DomainError("too_large", `The request body is larger than ${limit} bytes.`, {
    wireCode: "request_too_large",
  });
}

async function readText(request: ApiRequest, limit: number): Promise<string> {
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge(limit);
  try {
    // An announced length is held by the HTTP parser; only a chunked body has to be counted while it arrives.
    if (request.headers.has("content-length") || request.body === null)
      return wholeTexts.decode(await request.arrayBuffer());
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let text = "";
    let size = 0;
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > limit) throw tooLarge(limit);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DomainError("invalid_request", "The request body is not valid UTF-8.", { wireCode: "invalid_json" });
  }
}
