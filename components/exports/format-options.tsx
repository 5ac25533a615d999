"use client";

import { useId } from "react";
import { Select } from "@/components/ui/forms/select";
import type { ExportFormat } from "@/schemas/exports/export";
import { FORMATS } from "./format-labels";

const options = (["csv", "csv_excel", "jsonl"] as const).map((value) => ({ value, label: FORMATS[value].label }));

export interface ChosenFormat {
  readonly format: ExportFormat;
  readonly gzip: boolean;
}

interface FormatOptionsProps {
  readonly chosen: ChosenFormat;
  readonly onChange: (chosen: ChosenFormat) => void;
}

/** Chooses format and compression. Collapsed by default, because the defaults suit most users. */
export function FormatOptions({ chosen, onChange }: FormatOptionsProps) {
  const id = useId();
  return (
    <details className="group mt-4">
      <summary className="w-fit cursor-pointer rounded-sm font-medium text-accent hover:underline">Format</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <div className="grid content-start gap-1.5">
          <Select
            label="File format"
            value={chosen.format}
            options={options}
            onChange={(format) => onChange({ ...chosen, format })}
          />
          <p className="text-xs text-muted">{FORMATS[chosen.format].note}</p>
        </div>
        <div className="flex items-start gap-3 sm:pt-7">
          <input
            id={id}
            type="checkbox"
            className="mt-0.5 size-4 accent-(--color-accent)"
            aria-describedby={`${id}-note`}
            checked={chosen.gzip}
            onChange={(event) => onChange({ ...chosen, gzip: event.target.checked })}
          />
          <div>
            <label htmlFor={id} className="font-medium">
              Compress with gzip
            </label>
            <p id={`${id}-note`} className="text-xs text-muted">
              About a tenth of the size. Unzip before opening in a spreadsheet.
            </p>
          </div>
        </div>
      </div>
    </details>
  );
}
