"use client";

import { Search, X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { buttonStyle } from "@/components/ui/button";
import { useListbox } from "@/components/ui/forms/use-listbox";
import { CommandGroup } from "./command-group";
import { CommandStatus } from "./command-status";
import type { CommandContext } from "./page-destinations";
import { useDestinations } from "./use-destinations";

interface CommandSearchProps extends CommandContext {
  readonly onChosen: () => void;
}

/** A search field above its results. Enter opens the active result. */
export function CommandSearch({ onChosen, ...context }: CommandSearchProps) {
  const [search, setSearch] = useState("");
  const { groups, isSearching, error, retry } = useDestinations({ ...context, search: search.trim() });
  const hrefs = groups.flatMap((group) => group.destinations.map(({ href }) => href));
  const listbox = useListbox(hrefs, { homeAndEnd: true });
  return (
    <>
      <div className="flex items-center gap-3 border-b pr-2 pl-4">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          {...listbox.field}
          aria-label="Jump to"
          placeholder="Organization, page or action"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            listbox.reset();
          }}
          className="h-12 min-w-0 grow bg-transparent text-[1rem] outline-none"
        />
        <Radix.Close className={buttonStyle("quiet", "icon")} aria-label="Close">
          <X aria-hidden />
        </Radix.Close>
      </div>
      <div className="flex min-h-0 grow flex-col p-2">
        {/* The list itself scrolls, so that the arrow keys can bring the active option into view. */}
        <div id={listbox.listId} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto">
          {groups.map((group) => (
            <CommandGroup key={group.label} group={group} listbox={listbox} onChosen={onChosen} />
          ))}
        </div>
        <CommandStatus
          search={search.trim()}
          found={hrefs.length}
          isSearching={isSearching}
          error={error}
          onRetry={retry}
        />
      </div>
    </>
  );
}
