"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { SearchField } from "@/components/ui/forms/search-field";
import { MAX_SEARCH_LENGTH } from "@/schemas/limits";

/** Milliseconds after the last key until what was typed is looked for. */
const PAUSE = 300;

interface TextFilterProps {
  readonly value: string;
  readonly onChange: (search: string) => void;
}

/** Free text over action, actor and targets. Looked for when typing pauses; `/` comes here. */
export function TextFilter({ value, onChange }: TextFilterProps) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  /** What was last asked for here: when it comes back as the value, more may have been typed. */
  const [asked, setAsked] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    if (value !== asked) {
      setAsked(value);
      setTyped(value);
    }
  }
  const ask = useEffectEvent((search: string) => {
    setAsked(search);
    onChange(search);
  });
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === asked) return;
    const timer = setTimeout(() => ask(wanted), wanted === "" ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [wanted, asked]);

  const focusOnSlash = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(target instanceof HTMLElement) || target.matches("input, textarea, select")) return;
    // A dialog above the page has a field of its own.
    if (target.closest("[role=dialog]") !== field.current?.closest("[role=dialog]")) return;
    event.preventDefault();
    field.current?.select();
  });
  useEffect(() => {
    document.addEventListener("keydown", focusOnSlash);
    return () => document.removeEventListener("keydown", focusOnSlash);
  }, []);

  return (
    <SearchField
      label="Search action, actor or target"
      placeholder="Search action, actor or target"
      longest={MAX_SEARCH_LENGTH}
      value={typed}
      onChange={setTyped}
      shortcut={{ key: "/", field }}
      className="h-8 min-w-48 grow basis-64"
    />
  );
}
