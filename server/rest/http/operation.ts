import type { z } from "zod";
import type { KeyScope } from "@/schemas/api-keys/api-key";
import type { Services } from "@/server/kernel/services";
import type { Reply } from "./reply";
import type { ApiRequest } from "./request";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Documents an operation in the API reference. The same schemas parse its requests. */
export interface Documentation {
  /** A few words without a period. */
  readonly summary: string;
  readonly description?: string;
  /** `key`: needs an API key. `open`: needs only the URL. */
  readonly access: "key" | "open";
  /** The scope that the key needs. */
  readonly needs?: KeyScope;
  readonly status: 200 | 201 | 202;
  readonly body?: z.ZodType;
  /** A body that the API accepts unchanged, except for its IDs. */
  readonly example?: unknown;
  readonly query?: z.ZodType;
  /** A schema for JSON responses, or else the media type. */
  readonly response: z.ZodType | string;
}

/** One method of one path. */
export interface Operation {
  readonly documentation: Documentation;
  /** The largest body in bytes; 1 MB if not given. */
  readonly bodyLimit?: number;
  readonly handler: (services: Services) => Handler;
}

/** Responds to a request, or throws. */
export type Handler = (request: ApiRequest) => Promise<Reply>;

/** One path of the API with its methods. */
export interface Route {
  /** The heading in the API reference. */
  readonly topic: string;
  /** Parameters are in braces, for example `/organizations/{id}`. */
  readonly path: string;
  readonly operations: Readonly<Partial<Record<Method, Operation>>>;
}
