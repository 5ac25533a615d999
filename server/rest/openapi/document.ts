import type { z } from "zod";
import type { Documentation } from "@/server/rest/http/endpoint";
import { errorAnswer } from "@/server/rest/http/errors";
import { jsonSchema, type JsonSchema } from "./json-schema";
import { resources } from "@/server/rest/routes";

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
  /** To what is the same for all. */
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

/** An OpenAPI 3.1 document, as far as ours uses the form. */
export interface ApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: object;
}

const description =
  "Compatible with WorkOS's Audit Logs, Organizations and Admin Portal endpoints: official SDKs need only another host. " +
  "Every failure is JSON with a text `message`, and often a `code`, `errors` by field, and always the header `x-request-id`. " +
  "Moments are answered in UTC with three fraction digits. Unknown fields are ignored.";

const documents = new Map<string, ApiDocument>();

/** What the API takes and answers, made once from the very table and schemas that it works with. */
export function openApiDocument(publicUrl: string): ApiDocument {
  const document = documents.get(publicUrl) ?? makeDocument(publicUrl);
  documents.set(publicUrl, document);
  return document;
}

function makeDocument(publicUrl: string): ApiDocument {
  const paths = resources.map(({ topic, path, operations }) => {
    const described = Object.entries(operations).map(
      ([method, { documentation }]) => [method.toLowerCase(), operation(topic, path, method, documentation)] as const,
    );
    return [path, Object.fromEntries(described)] as const;
  });
  return {
    openapi: "3.1.0",
    info: { title: "Trailport", version: "1", description },
    servers: [{ url: publicUrl }],
    tags: [...new Set(resources.map(({ topic }) => topic))].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An environment's API key, `sk_…`." } },
      responses: { failure: { description: "What went wrong.", content: content(jsonSchema(errorAnswer, "output")) } },
    },
  };
}

function operation(topic: string, path: string, method: string, documentation: Documentation): ApiOperation {
  const { summary, description, access, body, example, query, answer, status } = documentation;
  const answered = typeof answer === "string" ? { [answer]: { schema: {} } } : content(jsonSchema(answer, "output"));
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/\W+/g, "_").replace(/_$/, "")}`,
    tags: [topic],
    summary,
    ...(description !== undefined && { description }),
    security: access === "key" ? [{ apiKey: [] }] : [],
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && { requestBody: { required: true as const, content: content(jsonSchema(body, "input"), example) } }),
    responses: {
      [status]: { description: "Done.", content: answered },
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
