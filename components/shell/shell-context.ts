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
  /** How much space is free, in words. Formatted on the server, so that the first load contains no code for it. */
  readonly freeSpaceFacts: readonly string[];
}

/** Free bytes on the installation's disks, null where unknown, and the disks that are almost full. */
export interface FreeSpace {
  readonly database: number | null;
  readonly files: number | null;
  readonly low: readonly ("database" | "files")[];
}

export interface ShellEnvironment {
  readonly id: string;
  readonly name: string;
  readonly kind: "staging" | "production";
}
