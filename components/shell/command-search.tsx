"use client";

import { Search, X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useId, useState, type KeyboardEvent } from "react";
import type { Role } from "@/schemas/team/roles";
import { buttonStyle } from "@/components/ui/button";
import { CommandGroup } from "./command-group";
import { CommandStatus } from "./command-status";
import { useDestinations } from "./use-destinations";
import type { ShellEnvironment } from "./workspace";

interface CommandSearchProps {
  readonly role: Role;
  readonly environments: readonly ShellEnvironment[];
  readonly environmentId: string;
  readonly onChosen: () => void;
}

/** A search field over what it finds: arrows, Home and End move, Enter goes there, and the focus stays in the field. */
export function CommandSearch({ onChosen, ...around }: CommandSearchProps) {
  const id = useId();
  const [search, setSearch] = useState("");
  const [at, setAt] = useState<string | null>(null);
  const { groups, isSearching, error, retry } = useDestinations({ ...around, search: search.trim() });
  const found = groups.flatMap((group) => group.destinations);
  // By what it is and not by its place: what is found later must not slip under the Enter key.
  const active = Math.max(
    0,
    found.findIndex((each) => each.href === at),
  );
  const activeHref = found[active]?.href ?? null;
  const optionId = (href: string) => `${id}-${href}`;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: found.length - 1 }[event.key];
    if (to !== undefined) {
      const next = found[Math.max(0, Math.min(to, found.length - 1))];
      if (next) {
        setAt(next.href);
        document.getElementById(optionId(next.href))?.scrollIntoView({ block: "nearest" });
      }
    } else if (event.key === "Enter") {
      if (activeHref !== null) document.getElementById(optionId(activeHref))?.click();
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex items-center gap-3 border-b pr-2 pl-4">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={activeHref === null ? undefined : optionId(activeHref)}
          aria-label="Jump to"
          placeholder="Organization, page or action"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setAt(null);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 grow bg-transparent text-[1rem] outline-none"
        />
        <Radix.Close className={buttonStyle("quiet", "icon")} aria-label="Close">
          <X aria-hidden />
        </Radix.Close>
      </div>
      <div className="flex min-h-0 grow flex-col p-2">
        {/* What scrolls is the list itself, which the field's arrow keys move through. */}
        <div id={`${id}-list`} role="listbox" aria-label="Places" className="min-h-0 overflow-y-auto">
          {groups.map((group) => (
            <CommandGroup
              key={group.label}
              group={group}
              activeHref={activeHref}
              optionId={optionId}
              onPoint={setAt}
              onChosen={onChosen}
            />
          ))}
        </div>
        <CommandStatus
          search={search.trim()}
          found={found.length}
          isSearching={isSearching}
          error={error}
          onRetry={retry}
        />
      </div>
    </>
  );
}
