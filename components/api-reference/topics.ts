import type { ApiDocument, ApiOperation } from "@/server/rest/openapi/document";

export interface NamedOperation extends ApiOperation {
  /** In upper case, such as `GET`. */
  readonly method: string;
  readonly path: string;
}

/** Groups the document's operations by tag, in the document's order. */
export function topicsOf(document: ApiDocument): { name: string; operations: NamedOperation[] }[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
  return document.tags.map(({ name }) => ({ name, operations: all.filter(({ tags }) => tags.includes(name)) }));
}
