import { z } from "zod";
import type { RawResponse } from "@/server/testing/sdk/raw-request";

/** The results of the largest batch; pages of lists are shorter. */
const MAX_ITEMS = 1_000;
/** Characters of an error response, which must not repeat a body of a megabyte. */
const MAX_ERROR_LENGTH = 50_000;

const violation = z
  .object({
    code: z.string().min(1),
    field: z.string().optional(),
    instancePath: z.string().optional(),
    message: z.string().min(1),
  })
  .refine(({ field, instancePath }) => field !== undefined || instancePath !== undefined, "has no field");
const failure = z.object({
  message: z.string().regex(/\w{3,}/),
  errors: z.array(violation).min(1).optional(),
  error: z.undefined().optional(),
});
const unprocessable = failure.required({ errors: true });
const list = z.object({ data: z.array(z.unknown()).max(MAX_ITEMS) });

/** Returns what is wrong with a response, whatever the request was; an empty list if nothing is. */
export function faultsOf({ status, headers, text }: RawResponse, request: { readonly method: string }): string[] {
  const found: string[] = [];
  const check = (isWrong: boolean, fault: string) => void (isWrong && found.push(fault));
  check(status === 0, "no response");
  check(status >= 500, `status ${status}`);
  check(/"status":"unavailable"/.test(text), "an unavailable event in a batch");
  check(status >= 300 && status < 400, `a redirect, ${status}`);
  check(!/^[0-9a-f-]{36}$/.test(headers["x-request-id"] ?? ""), "no request ID");
  check(/^\s*<|text\/html/i.test(`${headers["content-type"] ?? ""} ${text.slice(0, 20)}`.trim()), "HTML");
  if (request.method === "HEAD" || status === 204) return found;
  check(!(headers["content-type"] ?? "").startsWith("application/json"), `content type ${headers["content-type"]}`);
  const body = parse(text);
  check(body === undefined, "not JSON");
  if (status >= 400) {
    const { error } = (status === 422 ? unprocessable : failure).safeParse(body);
    check(error !== undefined, `an error without an explanation: ${error?.issues[0]?.path.join(".")}`);
    check(text.length > MAX_ERROR_LENGTH, `an error of ${text.length} characters`);
  } else if (body !== null && typeof body === "object" && "data" in body) {
    check(!list.safeParse(body).success, "too many items");
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
