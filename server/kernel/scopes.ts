import type { Retention } from "@/schemas/organizations/retention";
import type { Role } from "@/schemas/team/roles";
import type { Services } from "./services";

/** Who acts; stored with exports, links and activity entries. */
export type Principal =
  | { readonly type: "user"; readonly id: string; readonly name: string }
  | { readonly type: "api_key"; readonly id: string; readonly name: string }
  | { readonly type: "portal_session"; readonly id: string; readonly name: string }
  | { readonly type: "system"; readonly id: "system"; readonly name: string };

/** One workspace, with the role of the member who acts in it. */
export interface WorkspaceScope extends Services {
  readonly workspace: { readonly id: string; readonly name: string };
  readonly principal: Principal;
  readonly role: Role;
}

/** One environment and everything in it. */
export interface EnvironmentScope extends Services {
  readonly environment: {
    readonly pk: number;
    readonly id: string;
    readonly name: string;
    readonly kind: "staging" | "production";
    readonly strictActions: boolean;
    readonly workspaceName: string;
  };
  readonly principal: Principal;
}

/** One organization and nothing else; created by `scopeToOrganization` or from a portal session. */
export interface OrganizationScope extends EnvironmentScope {
  readonly organization: {
    readonly pk: number;
    readonly id: string;
    readonly name: string;
    /** How long events are kept, null means forever. Only `scopeToOrganization` reads it. */
    readonly retention?: Retention | null;
  };
}
