import type { Role } from "@/schemas/team/roles";

/** What the dashboard's layout shows on every page. */
export interface ShellContext {
  readonly workspace: { readonly name: string };
  readonly member: { readonly name: string; readonly email: string; readonly role: Role };
  readonly environments: readonly ShellEnvironment[];
  /** The environment in the URL. */
  readonly environmentId: string;
  /** Trailport's version. */
  readonly version: string;
}

export interface ShellEnvironment {
  readonly id: string;
  readonly name: string;
  readonly kind: "staging" | "production";
}
