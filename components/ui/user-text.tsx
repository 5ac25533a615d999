import clsx from "clsx";

interface UserTextProps {
  readonly children: string;
  readonly className?: string;
}

/**
 * A name or value that users chose, truncated to one line with the full text in a tooltip. Its text direction is isolated
 * from the text around it.
 */
export function UserText({ children, className }: UserTextProps) {
  return (
    <bdi dir="auto" data-tip-truncated="" className={clsx("block min-w-0 truncate text-left", className)}>
      {children}
    </bdi>
  );
}

/** Like `UserText`, but wraps instead of truncating. */
export function WrappedUserText({ children, className }: UserTextProps) {
  return (
    <bdi dir="auto" className={clsx("block min-w-0 text-left wrap-anywhere whitespace-pre-wrap", className)}>
      {children}
    </bdi>
  );
}
