import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";
import { faults } from "@/server/testing/fuzz/response-faults";

test.for([
  ["a length that is no number", "POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n", 400],
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
  [
    "a chunk that is none",
    "POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    400,
  ],
  [
    "a header with a control character",
    "GET /organizations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\u0000b\r\n\r\n",
    400,
  ],
  ["headers of 20 kB", `GET /organizations HTTP/1.1\r\nHost: x\r\nIdempotency-Key: ${"k".repeat(20_000)}\r\n\r\n`, 431],
  ["a method that nobody has", "HACK /organizations HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  [
    "a method that no web-standard request has",
    "TRACE /organizations HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    405,
  ],
  ["a host that is none", "GET /organizations HTTP/1.1\r\nHost: a b[\r\nConnection: close\r\n\r\n", 400],
  ["no HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400],
] as const)("%s is answered in JSON", async ([, bytes, status], { api }) => {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes, "latin1");
  const [head = "", body = ""] = (await text(socket)).split(/\r\n\r\n(.*)/s);
  const [start = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(lines.map((line) => line.split(": ", 2)));
  const unchunked =
    headers["transfer-encoding"] === "chunked"
      ? body.replace(/^[0-9a-f]+\r\n/, "").replace(/\r\n0\r\n\r\n$/, "")
      : body;
  const answer = { status: Number(start.split(" ")[1]), headers, text: unchunked };
  expect(answer.status).toBe(status);
  expect(faults(answer, { method: "GET" })).toEqual([]);
});
