"use client";

import clsx from "clsx";
import Link from "next/link";
import { UserText } from "@/components/ui/user-text";
import type { DestinationGroup } from "./use-destinations";

interface CommandGroupProps {
  readonly group: DestinationGroup;
  readonly activeHref: string | null;
  readonly optionId: (href: string) => string;
  readonly onPoint: (href: string) => void;
  readonly onChosen: () => void;
}

/** What was found of one kind. Each is a link too, so that it can be opened in a tab of its own. */
export function CommandGroup({ group, activeHref, optionId, onPoint, onChosen }: CommandGroupProps) {
  return (
    <div role="group" aria-label={group.label}>
      <p aria-hidden className="px-2 pt-2 pb-1 text-xs text-faint">
        {group.label}
      </p>
      {group.destinations.map(({ href, icon: Icon, label, detail }) => (
        <Link
          key={href}
          id={optionId(href)}
          href={href}
          prefetch={false}
          role="option"
          tabIndex={-1}
          aria-selected={href === activeHref}
          onMouseMove={() => href !== activeHref && onPoint(href)}
          // The focus stays in the search field.
          onMouseDown={(event) => event.preventDefault()}
          onNavigate={onChosen}
          className={clsx(
            "flex min-h-9 items-center gap-3 rounded-md px-2 py-1.5",
            href === activeHref && "bg-selected",
          )}
        >
          <Icon aria-hidden className="size-4 shrink-0 text-faint" />
          <UserText className="grow">{label}</UserText>
          {detail !== null && <UserText className="max-w-[45%] shrink-0 text-xs text-faint">{detail}</UserText>}
        </Link>
      ))}
    </div>
  );
}
