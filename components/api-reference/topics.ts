import type { ApiDocument, ApiOperation } from "@/server/rest/openapi/document";

export interface NamedOperation extends ApiOperation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
}

/** The document's operations by topic, in its order. */
export function topicsOf(document: ApiDocument): { name: string; operations: NamedOperation[] }[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
  return document.tags.map(({ name }) => ({ name, operations: all.filter(({ tags }) => tags.includes(name)) }));
}
