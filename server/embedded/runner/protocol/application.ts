import { createHmac } from "node:crypto";
import { headerKeys, queryKeys } from "inngest";
import { MAX_CALL_MILLISECONDS } from "@/server/embedded/runner/limits";
import { type Functions, readFunctions } from "./functions";

/** The SDK's own `serve` over our functions, called inside the process, and signed as the server does it. */
export interface Application {
  readonly handler: (request: Request) => Promise<Response>;
  /** `signkey-<environment>-<hex>`, the one that the Inngest client has. */
  readonly signingKey: string;
}

const ADDRESS = "http://localhost/api/inngest";

/**
 * Asks the application for its functions.
 * @throws Error when it refuses the call (another signing key), or a function needs what the runner has not.
 */
export async function syncFunctions(application: Application): Promise<Functions> {
  const response = await send(
    application,
    "PUT",
    ADDRESS,
    { url: ADDRESS },
    { [headerKeys.InngestSyncKind]: "in_band" },
  );
  if (!response.ok)
    throw new Error(`The Inngest functions cannot be read: ${response.status} ${await response.text()}`);
  // `json()` is unknown by nature; readFunctions checks the part that matters.
  const body = (await response.json()) as { functions?: unknown };
  return readFunctions(body.functions);
}

/** Calls one step of a function, or with `stepId` "" lets it run on to where it has to wait. */
export async function callFunction(
  application: Application,
  functionId: string,
  stepId: string,
  body: unknown,
): Promise<Response> {
  const query = new URLSearchParams({
    [queryKeys.FnId]: functionId,
    [queryKeys.StepId]: stepId === "" ? "step" : stepId,
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The step did not end within two hours.")), MAX_CALL_MILLISECONDS);
  });
  const response = send(application, "POST", `${ADDRESS}?${query}`, body);
  return Promise.race([response, tooLate]).finally(() => clearTimeout(timer));
}

function send(
  { handler, signingKey }: Application,
  method: string,
  url: string,
  body: unknown,
  headers = {},
): Promise<Response> {
  const canonical = canonicalJson(body);
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", signingKey.replace(/^signkey-\w+-/, ""))
    .update(`${canonical}${time}`)
    .digest("hex");
  return handler(
    new Request(url, {
      method,
      // The handler builds its own address from the host, and nothing adds that header inside a process.
      headers: {
        host: "localhost",
        [headerKeys.ContentType]: "application/json",
        [headerKeys.Signature]: `t=${time}&s=${signature}`,
        ...headers,
      },
      body: canonical,
    }),
  );
}

/** RFC 8785: the form that the SDK brings a body into before it checks the signature. `value` came from JSON. */
function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
}
