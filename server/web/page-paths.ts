import { readdirSync } from "node:fs";
import path from "node:path";
import type { IncomingMessage } from "node:http";
import { isNavigation } from "@/server/rest/http/navigation";

/** `page` is only read; `endpoint` handles every method. */
type PathKind = "page" | "endpoint";

/** One segment of a path: a name, or a parameter (`null`). */
type Segments = readonly (string | null)[];

/** The parameters of pages are IDs: a ULID, mostly with a prefix. Otherwise `/portal/[session]` would match an unknown REST path. */
const ID = /^\w{26,}$/;

interface Pattern {
  readonly kind: PathKind;
  readonly segments: Segments;
  /** Whether any further segments follow. */
  readonly isOpen: boolean;
}

/** Tells the paths that Next serves from those that no one serves, which get JSON. */
export interface PagePaths {
  /** Returns what Next serves at a path; null if nothing. */
  kindOf(path: string): PathKind | null;
}

/**
 * Reads the paths that Next serves from its folders `app` and `public`. Pages that catch all paths only say that the page
 * does not exist, so they don't count.
 */
export function readPagePaths(root: string): PagePaths {
  const patterns = readPatterns(root);
  return { kindOf: (path) => kindOf(patterns, path) };
}

/** Reads the paths again for each request, because pages come and go while someone develops them. */
export function currentPagePaths(root: string): PagePaths {
  return {
    // Next's error overlay requests these.
    kindOf: (path) => (path.startsWith("/__nextjs") ? "endpoint" : kindOf(readPatterns(root), path)),
  };
}

function kindOf(patterns: readonly Pattern[], path: string): PathKind | null {
  // Next removes a trailing slash with a redirect.
  const segments = path.slice(1).replace(/\/$/, "").split("/");
  return patterns.find((pattern) => matches(pattern, segments))?.kind ?? null;
}

function readPatterns(root: string): Pattern[] {
  const patterns: Pattern[] = [{ kind: "endpoint", segments: ["_next"], isOpen: true }];
  for (const file of filesIn(path.join(root, "app"))) {
    const pattern = patternOf(file);
    if (pattern) patterns.push(pattern);
  }
  for (const file of filesIn(path.join(root, "public"))) {
    patterns.push({ kind: "page", segments: file.split("/"), isOpen: false });
  }
  // Like Next, a path's own file before one with a parameter, such as `/portal/redeem` before `/portal/[session]`.
  return patterns.toSorted((a, b) => freedom(a) - freedom(b));
}

/** Returns how much a pattern leaves open. */
function freedom({ segments, isOpen }: Pattern): number {
  return segments.filter((segment) => segment === null).length + (isOpen ? 100 : 0);
}

/** Whether a browser asks for a page, or one of our pages for another: it gets the HTML page for unknown paths. */
export function isPageRequest(request: IncomingMessage): boolean {
  return isNavigation(request) || request.headers["rsc"] !== undefined;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

/** Returns what a file of `app` serves; null for components, styles and pages that catch all paths. */
function patternOf(file: string): Pattern | null {
  const folders = file.split("/").filter((segment) => !/^\(.*\)$/.test(segment));
  const name = folders.pop() ?? "";
  const last = folders.at(-1) ?? "";
  if (/^page\.tsx?$/.test(name)) return last.startsWith("[...") ? null : patternFor("page", folders);
  if (/^route\.tsx?$/.test(name)) return patternFor("endpoint", folders);
  return /\.(tsx?|css)$/.test(name) ? null : patternFor("page", [...folders, name]);
}

function patternFor(kind: PathKind, folders: readonly string[]): Pattern {
  const isOpen = folders.at(-1)?.startsWith("[...") ?? false;
  const named = isOpen ? folders.slice(0, -1) : folders;
  const segments = named.map((folder) => (folder.startsWith("[") ? null : folder));
  return { kind, segments: segments.length === 0 ? [""] : segments, isOpen };
}

function matches({ kind, segments, isOpen }: Pattern, path: readonly string[]): boolean {
  if (isOpen ? path.length <= segments.length : path.length !== segments.length) return false;
  const parameter = kind === "page" ? ID : /./;
  return segments.every((segment, index) =>
    segment === null ? parameter.test(path[index] ?? "") : segment === path[index],
  );
}
