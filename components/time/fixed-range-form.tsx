"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";
import { DEFAULT_RANGE, nextMinute, resolveRange, type TimeRange } from "./time-range";
import { parseTypedTime, toTypedTime } from "./typed-time";
import { zoneName, type Zone } from "./zone";

interface FixedRangeFormProps {
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onZoneChange: (zone: Zone) => void;
  readonly onSubmit: (range: TimeRange) => void;
}

const INVALID = "Enter a date and time, such as 2026-09-01 14:30.";

/** One end of the range: the text in its field, and the time it means, or null if the text is not valid. */
interface Typed {
  readonly text: string;
  readonly time: Date | null;
}

const toTyped = (time: Date, zone: Zone): Typed => ({ text: toTypedTime(time, zone), time });

/** Lets the user type the start and end of a range. Changing the zone rewrites the texts but keeps the times. */
export function FixedRangeForm({ range, zone, onZoneChange, onSubmit }: FixedRangeFormProps) {
  const [typed, setTyped] = useState(() => {
    // The ends of all time are nothing that a user would type.
    const { from, to } = resolveRange(range.kind === "all" ? DEFAULT_RANGE : range, nextMinute());
    return { from: toTyped(from, zone), to: toTyped(to, zone) };
  });
  const [tried, setTried] = useState(false);
  const from = typed.from.time;
  const to = typed.to.time;
  const isEmpty = from !== null && to !== null && from >= to;
  const type = (end: "from" | "to", text: string) =>
    setTyped({ ...typed, [end]: { text, time: parseTypedTime(text, zone, end) } });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The popover may be inside a dialog: its form must not submit the dialog's form.
    event.stopPropagation();
    setTried(true);
    if (from && to && !isEmpty) onSubmit({ kind: "fixed", from, to });
  };
  const changeZone = (next: Zone) => {
    setTyped({ from: from ? toTyped(from, next) : typed.from, to: to ? toTyped(to, next) : typed.to });
    onZoneChange(next);
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 p-4">
      <Field
        label="From"
        placeholder="2026-09-01 14:30"
        autoComplete="off"
        value={typed.from.text}
        onChange={(event) => type("from", event.target.value)}
        error={tried && !from ? INVALID : undefined}
      />
      <Field
        label="To"
        placeholder="2026-09-30 18:00"
        autoComplete="off"
        value={typed.to.text}
        onChange={(event) => type("to", event.target.value)}
        hint="A date without a time includes the whole day."
        error={tried && !to ? INVALID : tried && isEmpty ? "“To” must be later than “From”." : undefined}
      />
      <Select
        label="Time zone"
        value={zone}
        onChange={changeZone}
        options={[
          { value: "local", label: `Your time (${zoneName("local")})` },
          { value: "utc", label: "UTC" },
        ]}
      />
      <Button type="submit" className="mt-1">
        Apply range
      </Button>
    </form>
  );
}
