import type { MemberScope } from "@/server/domain/workspaces/member-scope";
import type { PortalSessionScope } from "@/server/domain/portal/portal-sessions";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** Who calls; found by the endpoint that the call came in by, so one kind of caller can never pass for another. */
export type Caller =
  /** With what to do about it. */
  | { readonly kind: "nobody"; readonly wayIn: string }
  | { readonly kind: "staff"; readonly scope: MemberScope; readonly environmentId: string | null }
  | { readonly kind: "api_key"; readonly scope: EnvironmentScope }
  | { readonly kind: "portal"; readonly scope: PortalSessionScope };

export interface TrpcContext {
  readonly services: Services;
  readonly caller: Caller;
  /** Where the call came from, for limits. */
  readonly address: string;
  /** Also in the answer's `x-request-id` and in the log. */
  readonly requestId: string;
}
