"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { parseRelativeRange, rangeLabel, type TimeRange } from "./time-range";

interface RelativeRangeFormProps {
  readonly range: TimeRange;
  readonly onSubmit: (range: TimeRange) => void;
}

/** Lets the user type a relative range in plain words. */
export function RelativeRangeForm({ range, onSubmit }: RelativeRangeFormProps) {
  const [typed, setTyped] = useState(range.kind === "last" ? rangeLabel(range, "utc") : "");
  const [tried, setTried] = useState(false);
  const parsed = parseRelativeRange(typed);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The popover may be inside a dialog: its form must not submit the dialog's form.
    event.stopPropagation();
    setTried(true);
    if (parsed) onSubmit(parsed);
  };
  return (
    <form onSubmit={submit} noValidate className="flex items-start gap-2 p-4">
      <Field
        label="Relative"
        placeholder="Last 3 days"
        autoComplete="off"
        className="min-w-0 grow"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={tried && !parsed ? "Try “last 36 hours”, “past 2 weeks” or “3d”." : undefined}
      />
      {/* Aligns the button with the field below its label. */}
      <Button type="submit" className="mt-6.5 h-9!">
        Apply
      </Button>
    </form>
  );
}
