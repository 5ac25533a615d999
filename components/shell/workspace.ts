import type { Role } from "@/schemas/team/roles";

/** What every page of the dashboard shows around itself. */
export interface ShellWorkspace {
  readonly workspace: { readonly name: string };
  readonly member: { readonly name: string; readonly email: string; readonly role: Role };
  readonly environments: readonly ShellEnvironment[];
}

export interface ShellEnvironment {
  readonly id: string;
  readonly name: string;
  readonly kind: "staging" | "production";
}
