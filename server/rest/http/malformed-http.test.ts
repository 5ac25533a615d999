import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";
import { faultsOf } from "@/server/testing/fuzz/response-faults";

test.for([
  ["a length that is not a number", "POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n", 400],
  [
    "two lengths",
    "POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    400,
  ],
  [
    "a length and chunks",
    "POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
  ],
  ["an invalid chunk", "POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400],
  [
    "a control character in a header",
    "GET /organizations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\u0000b\r\n\r\n",
    400,
  ],
  ["headers of 20 kB", `GET /organizations HTTP/1.1\r\nHost: x\r\nIdempotency-Key: ${"k".repeat(20_000)}\r\n\r\n`, 431],
  ["an unknown method", "HACK /organizations HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  ["the method TRACE", "TRACE /organizations HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405],
  ["an invalid host", "GET /organizations HTTP/1.1\r\nHost: a b[\r\nConnection: close\r\n\r\n", 400],
  ["bytes that are not HTTP", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400],
] as const)("the response to a request with %s is JSON", async ([, bytes, status], { api }) => {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes, "latin1");
  const [head = "", body = ""] = (await text(socket)).split(/\r\n\r\n(.*)/s);
  const [start = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(lines.map((line) => line.split(": ", 2)));
  const response = { status: Number(start.split(" ")[1]), headers, text: body };
  expect(response.status).toBe(status);
  expect(faultsOf(response, { method: "GET" })).toEqual([]);
});
