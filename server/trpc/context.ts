import type { ApiKeyCallerScope } from "@/server/auth/api-key-scope";
import type { MemberScope } from "@/server/domain/workspaces/member-scope";
import type { PortalSessionScope } from "@/server/domain/portal/portal-sessions";
import type { Services } from "@/server/kernel/services";

/** Who calls. Each endpoint accepts only certain kinds, so one kind of caller can never pass for another. */
export type Caller =
  /** `signInHint` tells people how to get access. */
  | { readonly kind: "anonymous"; readonly signInHint: string }
  | { readonly kind: "staff"; readonly scope: MemberScope; readonly environmentId: string | null }
  | { readonly kind: "api_key"; readonly scope: ApiKeyCallerScope }
  | { readonly kind: "portal"; readonly scope: PortalSessionScope };

export interface TrpcContext {
  readonly services: Services;
  readonly caller: Caller;
  /** The client address, for rate limits. */
  readonly address: string;
  /** Also sent in the response's `x-request-id` header and logged. */
  readonly requestId: string;
}
