import { Readable } from "node:stream";
import { z } from "zod";
import { CLIENT_ADDRESS } from "@/server/auth/client-address";
import { type DownloadSlot, downloadSlots } from "@/server/domain/exports/download-slots";
import { findDownload } from "@/server/domain/exports/download";
import { described, last } from "@/schemas/wire";
import { attachment } from "@/server/kernel/content-disposition";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { parseByteRange } from "@/server/rest/http/byte-range";
import { errorPage } from "@/server/rest/http/error-page";
import { isNavigation } from "@/server/rest/http/navigation";
import type { Operation } from "@/server/rest/http/operation";
import { jsonReply, type Reply } from "@/server/rest/http/reply";
import type { ApiRequest } from "@/server/rest/http/request";

/** `GET /downloads/{id}` */
export const download: Operation = {
  documentation: {
    summary: "Download an export's file",
    description:
      "The `url` of a ready export. It is signed, so it needs no key, and works for 10 minutes. Returns 403 if the URL was " +
      "changed, and 410 if it has expired or the file was deleted. The headers `x-export-rows`, `x-export-bytes` and " +
      "`x-export-sha256` describe the file. API clients receive the file itself; browsers may be redirected to the blob store. " +
      "Supports one `Range` per request, with `If-Range` and the `etag`: returns 206 with these bytes, or 416 if the file has none of them. " +
      "Returns 429 or 503 with `Retry-After` while too many downloads are in progress. Browsers get errors as a page.",
    access: "open",
    status: 200,
    query: z.object({ expires: described(last, z.string()), signature: described(last, z.string()) }),
    response: "text/csv",
  },
  handler: (services) => async (request) => {
    const isBrowser = request.method === "GET" && isNavigation(request.incoming);
    const slots = services.caches.of(downloadSlots);
    const take = () =>
      slots.take({ address: request.header(CLIENT_ADDRESS) ?? "unknown", exportId: request.param("id") });
    // Programs take a slot first, so that a flood of downloads doesn't reach the database. HEAD needs none, and a browser only
    // if it isn't redirected to the blob store.
    let slot: DownloadSlot | null = request.method === "HEAD" || isBrowser ? null : take();
    try {
      const reply = await respond(services, request, isBrowser, () => (slot ??= take()));
      if (!(reply.body instanceof Readable)) slot?.release();
      return reply;
    } catch (error) {
      slot?.release();
      if (isBrowser && error instanceof DomainError) return errorPage("Couldn’t download the file", error);
      throw error;
    }
  },
};

async function respond(
  services: Services,
  request: ApiRequest,
  isBrowser: boolean,
  takeSlot: () => DownloadSlot,
): Promise<Reply> {
  const query = request.query();
  const file = await findDownload(services, {
    exportId: request.param("id"),
    expires: query.get("expires") ?? "",
    signature: query.get("signature") ?? "",
  });
  const etag = `"${file.sha256}"`;
  const headers = {
    "cache-control": "private, no-store",
    "referrer-policy": "no-referrer",
    "x-export-sha256": file.sha256,
    "x-export-rows": String(file.rows),
    "x-export-bytes": String(file.bytes),
  };
  const location = isBrowser ? await file.address() : null;
  if (location !== null) return { status: 302, headers: { ...headers, "content-length": "0", location }, body: null };

  const ofFile = { ...headers, "accept-ranges": "bytes", etag };
  const isHead = request.method === "HEAD";
  const ifRange = request.header("if-range");
  // A range is only defined for GET. If-Range with a date never matches, because responses have none.
  const hasRange = !isHead && (ifRange === null || ifRange.trim() === etag);
  const range = hasRange ? parseByteRange(request.header("range"), file.bytes) : null;
  if (range === "unsatisfiable") {
    const message = `The file has ${file.bytes} bytes, and none in the requested range.`;
    return jsonReply(416, { message }, { ...ofFile, "content-range": `bytes */${file.bytes}` });
  }
  const { from, to } = range ?? { from: 0, to: file.bytes };
  return {
    status: range ? 206 : 200,
    headers: {
      ...ofFile,
      "content-type": file.contentType,
      "content-length": String(to - from),
      ...(range && { "content-range": `bytes ${from}-${to - 1}/${file.bytes}` }),
      "content-disposition": attachment(file.fileName),
      "x-content-type-options": "nosniff",
    },
    body: isHead ? null : await file.open(takeSlot(), range ?? undefined),
  };
}
