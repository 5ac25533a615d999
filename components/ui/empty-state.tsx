import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** Explains the state and what to do next. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Use `alert` to report a failure. */
  readonly role?: "alert";
}

/** Replaces a list or page that has nothing to show. */
export function EmptyState({ icon: Icon, title, children, actions, role }: EmptyStateProps) {
  return (
    <div role={role} className="rounded-lg border bg-surface px-6 py-12 text-center">
      <Icon aria-hidden strokeWidth={1.5} className="mx-auto size-7 text-faint" />
      <h2 className="mt-4 text-base font-semibold">{title}</h2>
      <div className="mx-auto mt-1 max-w-md text-muted wrap-anywhere">{children}</div>
      {actions && <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
