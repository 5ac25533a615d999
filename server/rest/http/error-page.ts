import { type DomainError, failures } from "@/server/kernel/errors";
import type { Reply } from "./reply";

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}";

/** Turns a failure into a page for a person whose browser opened a URL of the API. It loads nothing and runs nothing. */
export function errorPage(title: string, { code, message, details }: DomainError): Reply {
  const body =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
    `<meta name="viewport" content="width=device-width"><title>${title} · Trailport</title><style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1><p>${escapeHtml(message)}</p></main></body></html>`;
  return {
    status: failures[code].http,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "private, no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      ...details.headers,
    },
    body,
  };
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
