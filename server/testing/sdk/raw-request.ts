import { request } from "node:http";
import { text } from "node:stream/consumers";

export interface RawRequest {
  readonly method: string;
  /** With the query, exactly as it stands on the request line. */
  readonly path: string;
  /** Names as they are written, in order; `Host` is put before them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array | undefined;
}

export interface RawAnswer {
  readonly status: number;
  /** Names as the server wrote them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends a request byte for byte: no header but those given, nothing in the path encoded anew. */
export function sendRaw(host: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
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
