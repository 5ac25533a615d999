"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { UserText } from "@/components/ui/user-text";
import { Menu } from "@/components/ui/overlays/menu";
import { MenuLabel, MenuRadioGroup, MenuRadioItem } from "@/components/ui/overlays/menu-items";
import type { ShellEnvironment } from "./shell-context";

interface EnvironmentSwitcherProps {
  readonly workspaceName: string;
  readonly environments: readonly ShellEnvironment[];
  readonly environmentId: string;
}

/** Shows the current environment and switches to another one. */
export function EnvironmentSwitcher({ workspaceName, environments, environmentId }: EnvironmentSwitcherProps) {
  const router = useRouter();
  const current = environments.find((environment) => environment.id === environmentId);
  return (
    <Menu
      className="w-(--radix-dropdown-menu-trigger-width)"
      triggerClassName="flex h-12 w-full items-center gap-2.5 rounded-lg border bg-surface px-2.5 text-left hover:bg-hover"
      trigger={
        <>
          {current && <KindDot kind={current.kind} />}
          <span className="min-w-0 grow">
            <span className="sr-only">Environment: </span>
            <UserText className="leading-4 font-medium">{current?.name ?? "Environment"}</UserText>
            <UserText className="text-xs text-faint">{workspaceName}</UserText>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
        </>
      }
    >
      <MenuLabel>Environment</MenuLabel>
      <MenuRadioGroup value={environmentId} onValueChange={(id) => router.push(`/dashboard/${id}/organizations`)}>
        {environments.map((environment) => (
          <MenuRadioItem key={environment.id} value={environment.id}>
            <KindDot kind={environment.kind} />
            <UserText>{environment.name}</UserText>
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </Menu>
  );
}

/** A filled dot for production, a ring for staging. */
function KindDot({ kind }: { readonly kind: ShellEnvironment["kind"] }) {
  const label = kind === "production" ? "Production" : "Staging";
  return (
    <span
      role="img"
      aria-label={label}
      data-tip={label}
      className={
        kind === "production"
          ? "size-2 shrink-0 rounded-full bg-accent"
          : "size-2 shrink-0 rounded-full shadow-[inset_0_0_0_2px_var(--color-caution)]"
      }
    />
  );
}
