"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { SearchField } from "@/components/ui/forms/search-field";
import { MAX_SEARCH_LENGTH } from "@/schemas/limits";

/** Milliseconds without a key press before the search starts. */
const DEBOUNCE = 300;

interface TextFilterProps {
  readonly value: string;
  readonly onChange: (search: string) => void;
}

/** Searches action, actor and targets for text once typing pauses. `/` moves the focus here. */
export function TextFilter({ value, onChange }: TextFilterProps) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  /** The last search that this field submitted. When it comes back as `value`, the user may have typed more. */
  const [submitted, setSubmitted] = useState(value);
  const [lastValue, setLastValue] = useState(value);
  if (value !== lastValue) {
    setLastValue(value);
    if (value !== submitted) {
      setSubmitted(value);
      setTyped(value);
    }
  }
  const submit = useEffectEvent((text: string) => {
    setSubmitted(text);
    onChange(text);
  });
  const search = typed.trim();
  useEffect(() => {
    if (search === submitted) return;
    const timer = setTimeout(() => submit(search), search === "" ? 0 : DEBOUNCE);
    return () => clearTimeout(timer);
  }, [search, submitted]);

  const focusOnSlash = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(target instanceof HTMLElement) || target.matches("input, textarea, select")) return;
    // A dialog above the page has its own search field.
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
      maxLength={MAX_SEARCH_LENGTH}
      value={typed}
      onChange={setTyped}
      shortcut={{ key: "/", field }}
      className="h-8 min-w-48 grow basis-64"
    />
  );
}
