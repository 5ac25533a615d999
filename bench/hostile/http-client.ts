import { request, type RequestOptions } from "node:http";

export interface HttpRequest extends Omit<RequestOptions, "headers"> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Sends a request to this machine and discards the response's body. Returns the status, or the code of an error. */
export function send({ body, ...options }: HttpRequest): Promise<string> {
  return new Promise((resolve) => {
    const headers =
      body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request({ host: "127.0.0.1", ...options, headers: { ...headers, ...options.headers } }, (response) => {
      response
        .once("error", (error) => resolve(codeOf(error)))
        .once("end", () => resolve(String(response.statusCode)))
        .resume();
    });
    sent.once("error", (error) => resolve(codeOf(error))).end(body);
  });
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
