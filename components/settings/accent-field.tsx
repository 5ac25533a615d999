import { useId } from "react";
import { AA, accentTones, SCHEMES, type Scheme } from "@/components/portal/accent";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { readAccent } from "@/schemas/portal/accent-color";
import { SCHEME_LABELS } from "./scheme-labels";

/** Trailport's own accent color. */
const DEFAULT_ACCENT = "#0b6068";

interface AccentFieldProps {
  /** The text in the field; empty for Trailport's own color. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Picks the accent color, or takes it as hex, and shows whether it is readable. */
export function AccentField({ value, onChange }: AccentFieldProps) {
  const id = useId();
  const color = readAccent(value);
  const isInvalid = value.trim() !== "" && color === null;
  return (
    <div className="grid gap-2">
      <div className="flex items-start gap-2">
        <Field
          label="Accent color"
          name="accent"
          required={false}
          autoComplete="off"
          spellCheck={false}
          placeholder={DEFAULT_ACCENT}
          className="grow"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          error={isInvalid ? `Use a hex color such as ${DEFAULT_ACCENT}.` : undefined}
          hint="Default: Trailport teal."
        />
        <div className="mt-6.5 flex gap-2">
          <input
            type="color"
            id={id}
            aria-label="Pick the accent color"
            value={color ?? DEFAULT_ACCENT}
            onChange={(event) => onChange(event.target.value)}
            className="h-9 w-12 cursor-pointer rounded-md bg-surface p-1 shadow-[inset_0_0_0_1px_var(--color-control)]"
          />
          {value !== "" && (
            <Button className="h-9" onClick={() => onChange("")}>
              Clear
            </Button>
          )}
        </div>
      </div>
      {color !== null && (
        <ul aria-label="Contrast" className="grid gap-1 text-xs text-muted">
          {SCHEMES.map((scheme) => (
            <li key={scheme}>{contrastNote(color, scheme)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Tells whether the accent is readable in a color scheme, and which shade the portal uses instead if it is not. */
function contrastNote(hex: string, scheme: Scheme): string {
  const { measured, accent, onAccent } = accentTones(hex, scheme);
  const text = `${onAccent === "#ffffff" ? "white" : "black"} text`;
  const name = SCHEME_LABELS[scheme];
  if (accent === hex) return `${name}: contrast ${ratio(measured)} passes AA (${AA}:1). We use it with ${text}.`;
  return `${name}: contrast ${ratio(measured)} is too low. We use ${accent} instead, with ${text}.`;
}

/** Rounds down, so that the ratio never appears to reach a limit that it misses. */
function ratio(value: number): string {
  return `${(Math.floor(value * 100) / 100).toFixed(2)}:1`;
}
