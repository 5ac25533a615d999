import clsx from "clsx";
import type { ComponentProps } from "react";

type Tone = "primary" | "secondary" | "quiet" | "danger";
type Size = "sm" | "md" | "lg" | "icon";

const tones: Record<Tone, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary:
    "bg-surface text-ink shadow-[inset_0_0_0_1px_var(--color-line-strong)] hover:bg-hover data-[state=open]:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink",
  danger: "bg-danger text-on-danger hover:bg-danger-strong",
};

const sizes: Record<Size, string> = {
  sm: "h-7 gap-1.5 rounded-md px-2 text-xs",
  md: "h-8 gap-2 rounded-md px-3 text-sm",
  lg: "h-10 gap-2 rounded-md px-4 text-sm",
  icon: "size-8 justify-center rounded-md",
};

/** Returns the classes of a button, for links that look like one. */
export function buttonStyle(tone: Tone = "secondary", size: Size = "md"): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors select-none",
    "disabled:opacity-50 aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0",
    tones[tone],
    sizes[size],
  );
}

interface ButtonProps extends ComponentProps<"button"> {
  readonly tone?: Tone;
  readonly size?: Size;
  /** Announces that the action is running and ignores clicks, but keeps the focus, unlike `disabled`. */
  readonly busy?: boolean;
}

export function Button({ tone, size, busy = false, className, onClick, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={clsx(buttonStyle(tone, size), className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    />
  );
}
