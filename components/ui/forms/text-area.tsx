"use client";

import clsx from "clsx";
import { useId, type ComponentProps, type ReactNode } from "react";
import { controlStyle } from "./field";

interface TextAreaProps extends Omit<ComponentProps<"textarea">, "id"> {
  readonly label: string;
  readonly hint?: ReactNode;
}

/** A labeled text area for code. */
export function TextArea({ label, hint, className, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <textarea
        id={id}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={hint ? `${id}-note` : undefined}
        className={clsx(controlStyle, "resize-y py-2 font-mono leading-5 sm:text-xs", className)}
        {...rest}
      />
      {hint && (
        <p id={`${id}-note`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
