import { ImageUp } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import type { PortalLogo } from "@/schemas/portal/portal-branding";
import { loadLogo, type ChosenLogo } from "./load-logo";

interface LogoFieldProps {
  /** The stored logo, a newly chosen one, or null for none. */
  readonly value: PortalLogo | ChosenLogo | null;
  readonly onChange: (value: ChosenLogo | null) => void;
}

/** Chooses, shows and removes the logo. A file is checked before it is sent. */
export function LogoField({ value, onChange }: LogoFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string | null>(null);
  const choose = async (file: File) => {
    const logo = await loadLogo(file);
    setError(typeof logo === "string" ? logo : null);
    if (typeof logo !== "string") onChange(logo);
  };
  return (
    <div className="grid gap-2">
      <span id={id} className="flex justify-between gap-2 font-medium">
        Logo <span className="font-normal text-faint">Optional</span>
      </span>
      <div
        role="group"
        aria-labelledby={id}
        aria-describedby={`${id}-note`}
        className="flex flex-wrap items-center gap-2"
      >
        {value && (
          <img
            src={value.href}
            width={value.width}
            height={value.height}
            alt="Logo"
            className="h-9 w-auto max-w-40 rounded-md border bg-[color:white] object-contain p-1"
          />
        )}
        <Button onClick={() => input.current?.click()}>
          <ImageUp aria-hidden />
          {value ? "Replace logo" : "Choose logo"}
        </Button>
        {value && (
          <Button
            onClick={() => {
              setError(null);
              onChange(null);
            }}
          >
            Remove logo
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Logo file"
        accept="image/png,image/jpeg,image/webp"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // Cleared, so that choosing the same file again triggers a change event.
          event.target.value = "";
          if (file) void choose(file);
        }}
      />
      <p id={`${id}-note`} className="text-xs text-muted">
        PNG, JPEG or WebP, up to 256 kB and 2000 pixels per side. Shown 28 px high; on white in dark mode.
      </p>
      {error !== null && <FormProblem message={error} />}
    </div>
  );
}
