import type { z } from "zod";
import { errorResponse } from "@/server/rest/http/errors";
import type { Documentation, Route } from "@/server/rest/http/operation";
import { jsonSchema, type JsonSchema } from "./json-schema";

interface Content {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

interface ApiResponse {
  readonly description?: string;
  readonly content?: Readonly<Record<string, Content>>;
  /** A reference to a response that all operations share. */
  readonly $ref?: string;
}

export interface ApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly ApiParameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, ApiResponse>>;
}

/** The part of OpenAPI 3.1 that our document uses. */
export interface ApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: object;
}

const description =
  "Compatible with WorkOS's Audit Logs, Organizations and Admin Portal endpoints: point an official SDK at this host. " +
  "Errors are JSON with a `message`, and often a `code` and `errors` by field. Every response has the header `x-request-id`. " +
  "Bodies can be compressed with gzip or deflate. Timestamps are returned in UTC with millisecond precision. Unknown fields " +
  "are ignored, except where they could be meant as a filter: the queries of lists and the bodies of exports reject them by " +
  "name. A number keeps its value, written in its shortest form (1.0 as 1); one that a 64-bit floating-point number would " +
  "change is rejected.";

/** Describes the API, derived from the route table and schemas that serve it. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): ApiDocument {
  const paths = routes.map(({ topic, path, operations }) => {
    const described = Object.entries(operations).map(
      ([method, { documentation }]) => [method.toLowerCase(), operation(topic, path, method, documentation)] as const,
    );
    return [path, Object.fromEntries(described)] as const;
  });
  return {
    openapi: "3.1.0",
    info: { title: "Trailport", version: "1", description },
    servers: [{ url: publicUrl }],
    tags: [...new Set(routes.map(({ topic }) => topic))].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An environment's API key (`sk_…`) with the scope that the operation needs.",
        },
      },
      responses: { failure: { description: "Error", content: content(jsonSchema(errorResponse, "output")) } },
    },
  };
}

function operation(topic: string, path: string, method: string, documentation: Documentation): ApiOperation {
  const { summary, description, access, needs, body, example, query, response, status } = documentation;
  const success =
    typeof response === "string" ? { [response]: { schema: {} } } : content(jsonSchema(response, "output"));
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/\W+/g, "_").replace(/_$/, "")}`,
    tags: [topic],
    summary,
    ...(description !== undefined && { description }),
    // For a key, OpenAPI lists the roles that it needs.
    security: access === "key" ? [{ apiKey: needs ? [needs] : [] }] : [],
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && { requestBody: { required: true as const, content: content(jsonSchema(body, "input"), example) } }),
    responses: {
      [status]: { description: "Success", content: success },
      default: { $ref: "#/components/responses/failure" },
    },
  };
}

function content(schema: JsonSchema, example?: unknown): Record<string, Content> {
  return { "application/json": { schema, ...(example !== undefined && { example }) } };
}

function pathParameters(path: string): ApiParameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodType): ApiParameter[] {
  const { properties = {}, required = [] } = jsonSchema(query, "input");
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}
