import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";

test.for([
  ["http://localhost:3000", null],
  ["https://audit.example.com", "max-age=63072000; includeSubDomains"],
] as const)(
  "every response under %s has nosniff, COOP and the HSTS header %s",
  async ([publicUrl, hsts], { world, environment }) => {
    const { services } = world;
    const { secret } = await createApiKey(environment, { name: "backend" });
    const { url, port, close } = await serveApi({ ...services, config: { ...services.config, publicUrl } });
    onTestFinished(close);
    const authorization = `Bearer ${secret}`;
    const responses = [
      await fetch(`${url}/api/health`),
      await fetch(`${url}/openapi.json`),
      await fetch(`${url}/organizations`, { headers: { authorization } }),
      await fetch(`${url}/organizations`),
      await fetch(`${url}/organizations`, { method: "OPTIONS" }),
      await fetch(`${url}/organizations`, { method: "PATCH" }),
      await fetch(`${url}/connections`),
      await fetch(`${url}/downloads/x`),
      await fetch(`${url}/audit_logs/events`, { method: "POST", headers: { authorization }, body: "{" }),
    ];
    const socket = connect(port, "127.0.0.1");
    socket.write("HACK\r\n\r\n");
    const [, head = ""] = /^HTTP\/1\.1 400 [^\r]*\r\n([^]*?)\r\n\r\n/.exec(await text(socket)) ?? [];
    const malformed = head.split("\r\n").map((line) => line.split(": ", 2) as [string, string]);
    for (const headers of [...responses.map((each) => each.headers), new Headers(malformed)]) {
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("strict-transport-security")).toBe(hsts);
    }
  },
);
