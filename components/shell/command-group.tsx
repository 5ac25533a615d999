"use client";

import clsx from "clsx";
import Link from "next/link";
import { UserText } from "@/components/ui/user-text";
import type { Listbox } from "@/components/ui/forms/use-listbox";
import type { DestinationGroup } from "./destination";

interface CommandGroupProps {
  readonly group: DestinationGroup;
  readonly listbox: Pick<Listbox, "activeKey" | "optionId" | "activate">;
  readonly onChosen: () => void;
}

/** The results of one kind. Each option is a link, so that it can be opened in a new tab. */
export function CommandGroup({ group, listbox, onChosen }: CommandGroupProps) {
  return (
    <div role="group" aria-label={group.label}>
      <p aria-hidden className="px-2 pt-2 pb-1 text-xs text-faint">
        {group.label}
      </p>
      {group.destinations.map(({ href, icon: Icon, label, detail }) => (
        <Link
          key={href}
          id={listbox.optionId(href)}
          href={href}
          prefetch={false}
          role="option"
          tabIndex={-1}
          aria-selected={href === listbox.activeKey}
          onMouseMove={() => href !== listbox.activeKey && listbox.activate(href)}
          // Keeps the focus in the search field.
          onMouseDown={(event) => event.preventDefault()}
          onNavigate={onChosen}
          className={clsx(
            "flex min-h-9 items-center gap-3 rounded-md px-2 py-1.5",
            href === listbox.activeKey && "bg-selected",
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
