import clsx from "clsx";

interface UserTextProps {
  readonly children: string;
  readonly className?: string;
}

/** A name or value that others chose, on one line: cut off where space ends, whole in a tip, its direction kept to itself. */
export function UserText({ children, className }: UserTextProps) {
  return (
    <bdi dir="auto" data-tip-cut="" className={clsx("block min-w-0 truncate text-left", className)}>
      {children}
    </bdi>
  );
}

/** The same, shown whole over as many lines as it takes. */
export function WrappedUserText({ children, className }: UserTextProps) {
  return (
    <bdi dir="auto" className={clsx("block min-w-0 text-left wrap-anywhere whitespace-pre-wrap", className)}>
      {children}
    </bdi>
  );
}
