import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";

const TYPES: Readonly<Record<string, string>> = {
  js: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
};

/**
 * Makes Next serve the Brotli copies that the build creates for the scripts and styles in `folder`, which is served as
 * `/_next/static`. They are 10 to 20 percent smaller than what Next compresses on the fly.
 */
export function preferBrotliCopies(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const copies = new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((file) =>
      file.endsWith(".br") ? [`/_next/static/${file.replaceAll("\\", "/").slice(0, -".br".length)}`] : [],
    ),
  );
  return (request, response) => {
    const [path = "", ...rest] = (request.url ?? "").split("?");
    const type = TYPES[path.slice(path.lastIndexOf(".") + 1)];
    if (type === undefined || !copies.has(path) || !acceptsBrotli(request.headers["accept-encoding"])) return;
    request.url = [`${path}.br`, ...rest].join("?");
    response.setHeader("content-type", type);
    response.setHeader("content-encoding", "br");
  };
}

function acceptsBrotli(accepted: string | string[] | undefined): boolean {
  return String(accepted)
    .split(",")
    .map((each) => each.replaceAll(/\s/g, "").toLowerCase())
    .some((each) => each === "br" || (each.startsWith("br;q=") && Number(each.slice("br;q=".length)) > 0));
}
