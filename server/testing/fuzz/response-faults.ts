import { z } from "zod";
import type { RawAnswer } from "@/server/testing/sdk/raw-request";

/** No list is longer than a page, nor a batch's results than a batch. */
const MOST_ITEMS = 1_000;
/** A failure names what is wrong; it does not send the sender's megabyte back. */
const LONGEST_FAILURE = 50_000;

const violation = z
  .object({
    code: z.string().min(1),
    field: z.string().optional(),
    instancePath: z.string().optional(),
    message: z.string().min(1),
  })
  .refine(({ field, instancePath }) => field !== undefined || instancePath !== undefined, "names no place");
const failure = z.object({
  message: z.string().regex(/\w{3,}/),
  errors: z.array(violation).min(1).optional(),
  error: z.undefined().optional(),
});
const unprocessable = failure.required({ errors: true });
const list = z.object({ data: z.array(z.unknown()).max(MOST_ITEMS) });

/** What is wrong with an answer, whatever the request was; nothing where it is as every answer has to be. */
export function faultsOf({ status, headers, text }: RawAnswer, request: { readonly method: string }): string[] {
  const found: string[] = [];
  const say = (wrong: boolean, what: string) => void (wrong && found.push(what));
  say(status === 0, "no answer");
  say(status >= 500, `status ${status}`);
  say(/"status":"unavailable"/.test(text), "an event of a batch that is to be sent again");
  say(status >= 300 && status < 400, `a redirect, ${status}`);
  say(!/^[0-9a-f-]{36}$/.test(headers["x-request-id"] ?? ""), "no request id");
  say(/^\s*<|text\/html/i.test(`${headers["content-type"] ?? ""} ${text.slice(0, 20)}`.trim()), "HTML");
  if (request.method === "HEAD" || status === 204) return found;
  say(!(headers["content-type"] ?? "").startsWith("application/json"), `the content type ${headers["content-type"]}`);
  const body = parse(text);
  say(body === undefined, "no JSON");
  if (status >= 400) {
    const { error } = (status === 422 ? unprocessable : failure).safeParse(body);
    say(error !== undefined, `a failure that does not name what is wrong: ${error?.issues[0]?.path.join(".")}`);
    say(text.length > LONGEST_FAILURE, `a failure of ${text.length} characters`);
  } else if (body !== null && typeof body === "object" && "data" in body) {
    say(!list.safeParse(body).success, "more than a page");
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
