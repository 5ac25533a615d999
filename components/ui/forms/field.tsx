"use client";

import clsx from "clsx";
import { useId, type ComponentProps, type ReactNode } from "react";

/** The classes of text fields and selects. Text is 16 px on phones, where focusing smaller text makes the page zoom. */
export const controlStyle = clsx(
  "w-full rounded-md bg-surface px-2.5 text-[1rem] text-ink sm:text-sm",
  "shadow-[inset_0_0_0_1px_var(--color-control)] transition-shadow",
  "focus-visible:outline-2 focus-visible:-outline-offset-1",
  "aria-invalid:shadow-[inset_0_0_0_1px_var(--color-danger)] disabled:bg-sunken disabled:text-faint",
);

interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The validation message. */
  readonly error?: string | undefined;
}

/** A text field with a label and a hint or error, which screen readers announce with it. */
export function Field({ label, hint, error, className, required, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={clsx("grid gap-1.5", className)}>
      <label htmlFor={id} className="flex justify-between gap-2 font-medium">
        {label}
        {required === false && <span className="font-normal text-faint">Optional</span>}
      </label>
      <input
        id={id}
        required={required}
        className={clsx(controlStyle, "h-9")}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        {...input}
      />
      {(error || hint) && (
        <p id={`${id}-note`} className={clsx("text-xs first-letter:uppercase", error ? "text-danger" : "text-muted")}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
