import { request } from "node:http";
import { text } from "node:stream/consumers";

export interface RawRequest {
  readonly method: string;
  /** With the query, exactly as on the request line. */
  readonly path: string;
  /** In order and with their case; `Host` is sent before them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array | undefined;
}

export interface RawResponse {
  readonly status: number;
  /** With names in the case that the server sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends a request byte for byte: without additional headers and without encoding the path. */
export function sendRaw(host: string, { method, path, headers, body }: RawRequest): Promise<RawResponse> {
  const { hostname, port, host: name } = new URL(host);
  const length = body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))];
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, setHost: false, headers: ["Host", name, ...headers.flat(), ...length] },
      (response) => {
        const { statusCode = 0, rawHeaders } = response;
        const pairs = rawHeaders.flatMap((value, index) =>
          index % 2 === 0 ? [[value, rawHeaders[index + 1] ?? ""] as const] : [],
        );
        text(response).then(
          (body) => resolve({ status: statusCode, headers: Object.fromEntries(pairs), text: body }),
          reject,
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
