"use client";

import { useState, type FormEvent } from "react";
import { DEFAULT_RANGE, nextMinute, resolveRange, type TimeRange } from "./time-range";
import { parseTypedTime, toTypedTime } from "./typed-time";
import { zoneName, type Zone } from "./zone";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";

interface FixedRangeFormProps {
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onZoneChange: (zone: Zone) => void;
  readonly onSubmit: (range: TimeRange) => void;
}

const WRONG = "Type a date and time such as 2026-09-01 14:30.";

/** An end of the range: as it stands in its field, and the moment that it means, which not every spelling tells. */
interface Typed {
  readonly text: string;
  readonly moment: Date | null;
}

const spelt = (moment: Date, zone: Zone): Typed => ({ text: toTypedTime(moment, zone), moment });

/** A range by its typed ends. Changing the zone keeps the moments and changes how they are spelt. */
export function FixedRangeForm({ range, zone, onZoneChange, onSubmit }: FixedRangeFormProps) {
  const [typed, setTyped] = useState(() => {
    // All time has no ends that one would type.
    const { from, to } = resolveRange(range.kind === "all" ? DEFAULT_RANGE : range, nextMinute());
    return { from: spelt(from, zone), to: spelt(to, zone) };
  });
  const [tried, setTried] = useState(false);
  const from = typed.from.moment;
  const to = typed.to.moment;
  const isEmpty = from !== null && to !== null && from >= to;
  const type = (end: "from" | "to", text: string) =>
    setTyped({ ...typed, [end]: { text, moment: parseTypedTime(text, zone, end) } });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A popover in a dialog: its form must not submit the dialog's.
    event.stopPropagation();
    setTried(true);
    if (from && to && !isEmpty) onSubmit({ kind: "fixed", from, to });
  };
  const changeZone = (next: Zone) => {
    setTyped({ from: from ? spelt(from, next) : typed.from, to: to ? spelt(to, next) : typed.to });
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
        error={tried && !from ? WRONG : undefined}
      />
      <Field
        label="To"
        placeholder="2026-09-30 18:00"
        autoComplete="off"
        value={typed.to.text}
        onChange={(event) => type("to", event.target.value)}
        hint="A day alone is in the range to its end."
        error={tried && !to ? WRONG : tried && isEmpty ? "Must be after the start." : undefined}
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
