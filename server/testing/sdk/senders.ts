type Header = readonly [name: string, value: string];

interface Sender {
  /** The headers of every request, except host and length. */
  readonly headers: readonly Header[];
  /** Additional headers of requests with a body. */
  readonly body?: readonly Header[];
}

const json: Header = ["Content-Type", "application/json"];
// The test replaces KEY with a key.
const bearer: Header = ["Authorization", "Bearer KEY"];

/** The headers of official SDKs that are not on npm, one for each generation. */
export const senders = {
  "Python 1": {
    headers: [
      ["User-Agent", "WorkOS Python/3.8.10 Python SDK/1.23.3"],
      ["Accept-Encoding", "gzip, deflate"],
      ["Accept", "*/*"],
      ["Connection", "keep-alive"],
      bearer,
    ],
    body: [json],
  },
  "Python 5": {
    headers: [
      ["Accept-Encoding", "gzip, deflate"],
      ["Connection", "keep-alive"],
      ["Accept", "application/json"],
      json,
      ["User-Agent", "WorkOS Python/3.12.1 Python SDK/5.46.0"],
      bearer,
    ],
  },
  "Python 10": {
    headers: [
      ["Accept", "application/json"],
      ["Accept-Encoding", "gzip, deflate, br, zstd"],
      ["Connection", "keep-alive"],
      ["User-Agent", "workos-python/10.2.0"],
      bearer,
    ],
    body: [json],
  },
  "Ruby 5": {
    headers: [
      ["Accept-Encoding", "gzip;q=1.0,deflate;q=0.6,identity;q=0.3"],
      ["Accept", "*/*"],
      ["User-Agent", "WorkOS; ruby/3.0.2; x86_64-linux; v5.31.1"],
      json,
      bearer,
    ],
  },
  "Ruby 10": {
    headers: [
      ["Accept-Encoding", "gzip;q=1.0,deflate;q=0.6,identity;q=0.3"],
      ["Accept", "application/json"],
      ["User-Agent", "workos-ruby/10.2.1 ruby/3.4.1"],
      json,
      bearer,
    ],
  },
  "Go 3": { headers: [["User-Agent", "workos-go/v3.0.0"], bearer, json, ["Accept-Encoding", "gzip"]] },
  "Go 6": { headers: [["User-Agent", "workos-go/v6.5.0"], bearer, json, ["Accept-Encoding", "gzip"]] },
  "Go 10": {
    headers: [["User-Agent", "workos-go/v10.1.1"], ["Accept", "application/json"], bearer, ["Accept-Encoding", "gzip"]],
    body: [json],
  },
  "PHP 4": { headers: [["Accept", "*/*"], bearer, ["User-Agent", "WorkOS PHP/4.31.0"]], body: [json] },
  "PHP 9": { headers: [["User-Agent", "workos-php/9.0.0"], json, bearer] },
  "Java 4": {
    headers: [
      bearer,
      ["User-Agent", "workos-kotlin/4.25.0"],
      json,
      ["Accept-Encoding", "compress;q=0.5, gzip;q=1.0"],
      ["Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"],
      ["Connection", "keep-alive"],
    ],
  },
  "Java 7": {
    headers: [
      bearer,
      ["User-Agent", "workos-kotlin/7.2.0"],
      ["Accept", "application/json"],
      ["Connection", "Keep-Alive"],
      ["Accept-Encoding", "gzip"],
    ],
    body: [["Content-Type", "application/json; charset=utf-8"]],
  },
  ".NET 2": {
    headers: [["User-Agent", "workos-dotnet/2.12.0"], bearer, ["Accept-Encoding", "utf-8"]],
    body: [json],
  },
  ".NET 6": {
    headers: [["User-Agent", "workos-dotnet/6.2.0"], bearer],
    body: [["Content-Type", "application/json; charset=utf-8"]],
  },
  "Node 2": {
    headers: [
      ["Accept", "application/json, text/plain, */*"],
      bearer,
      ["User-Agent", "workos-node/2.18.0"],
      ["Connection", "close"],
    ],
    body: [["Content-Type", "application/json"]],
  },
} as const satisfies Record<string, Sender>;

/** Returns the headers of one request of an SDK. */
export function headersOf(sdk: keyof typeof senders, hasBody: boolean, more: readonly Header[] = []): Header[] {
  const sender: Sender = senders[sdk];
  return [...sender.headers, ...(hasBody ? (sender.body ?? []) : []), ...more];
}
