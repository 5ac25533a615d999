import { ImageUp } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import type { PortalLogo } from "@/schemas/portal/portal-branding";
import { loadLogo, type ChosenLogo } from "./load-logo";

interface LogoFieldProps {
  /** The one that is stored, the one that was chosen, or none. */
  readonly value: PortalLogo | ChosenLogo | null;
  readonly onChange: (value: ChosenLogo | null) => void;
}

/** The logo: chosen from a file, looked at before it is sent, and taken away. */
export function LogoField({ value, onChange }: LogoFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const choose = async (file: File) => {
    const logo = await loadLogo(file);
    setRefusal(typeof logo === "string" ? logo : null);
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
            alt="The logo"
            className="h-9 w-auto max-w-40 rounded-md border bg-[color:white] object-contain p-1"
          />
        )}
        <Button onClick={() => input.current?.click()}>
          <ImageUp aria-hidden />
          {value ? "Replace logo" : "Choose a logo"}
        </Button>
        {value && (
          <Button
            onClick={() => {
              setRefusal(null);
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
          // So that the same file can be chosen again.
          event.target.value = "";
          if (file) void choose(file);
        }}
      />
      <p id={`${id}-note`} className="text-xs text-muted">
        PNG, JPEG or WebP, at most 256 kB and 2000 pixels on each side. It is shown 28 pixels high, and in the dark on
        white.
      </p>
      {refusal !== null && <FormProblem message={refusal} />}
    </div>
  );
}
