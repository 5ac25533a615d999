import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";

const TYPES: Readonly<Record<string, string>> = {
  js: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
};

/**
 * Has Next answer a script or style with the copy in brotli that the build left beside it, where the caller takes one:
 * a tenth to a fifth smaller than what Next compresses on the way. Of `folder`, which is served as `/_next/static`.
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
    if (type === undefined || !copies.has(path) || !takesBrotli(request.headers["accept-encoding"])) return;
    request.url = [`${path}.br`, ...rest].join("?");
    response.setHeader("content-type", type);
    response.setHeader("content-encoding", "br");
  };
}

function takesBrotli(accepted: string | string[] | undefined): boolean {
  return String(accepted)
    .split(",")
    .map((each) => each.replaceAll(/\s/g, "").toLowerCase())
    .some((each) => each === "br" || (each.startsWith("br;q=") && Number(each.slice("br;q=".length)) > 0));
}
