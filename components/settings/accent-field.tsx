import { useId } from "react";
import { AA, accentTones, SCHEMES, type Scheme } from "@/components/portal/accent";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { readAccent } from "@/schemas/portal/accent-color";

/** Trailport's own, from which a choice starts. */
const OWN = "#0b6068";

interface AccentFieldProps {
  /** As it is typed; empty for Trailport's own. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The accent, picked or typed, with how well it can be read. */
export function AccentField({ value, onChange }: AccentFieldProps) {
  const id = useId();
  const colour = readAccent(value);
  const isWrong = value.trim() !== "" && colour === null;
  return (
    <div className="grid gap-2">
      <div className="flex items-start gap-2">
        <Field
          label="Accent colour"
          name="accent"
          required={false}
          autoComplete="off"
          spellCheck={false}
          placeholder={OWN}
          className="grow"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          error={isWrong ? "Write it as # and six digits, such as #0b6068." : undefined}
          hint="Without one, the portal has Trailport's own."
        />
        <div className="mt-6.5 flex gap-2">
          <input
            type="color"
            id={id}
            aria-label="Pick the accent colour"
            value={colour ?? OWN}
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
      {colour !== null && (
        <ul aria-label="Contrast" className="grid gap-1 text-xs text-muted">
          {SCHEMES.map((scheme) => (
            <li key={scheme}>{verdict(colour, scheme)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const names: Record<Scheme, { readonly name: string; readonly change: string }> = {
  light: { name: "Light", change: "darker" },
  dark: { name: "Dark", change: "lighter" },
};

/** How an accent reads in one scheme, and what stands in for it where it does not. */
function verdict(hex: string, scheme: Scheme): string {
  const { measured, accent, onAccent } = accentTones(hex, scheme);
  const { name, change } = names[scheme];
  const text = `text on it is ${onAccent === "#ffffff" ? "white" : "black"}`;
  if (accent === hex) return `${name}: ${ratio(measured)}, which passes AA (${AA}:1). Used as it is; ${text}.`;
  return `${name}: ${ratio(measured)}, below AA (${AA}:1). ${accent}, the next ${change} shade that passes, is used; ${text}.`;
}

/** Never rounded up to a limit that it does not reach. */
function ratio(value: number): string {
  return `${(Math.floor(value * 100) / 100).toFixed(2)}:1`;
}
