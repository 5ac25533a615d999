import Link from "next/link";
import type { ReactNode } from "react";

interface PageHeaderProps {
  /** Usually text; a name that others chose comes isolated. */
  readonly title: ReactNode;
  readonly above?: { readonly href: string; readonly label: string };
  /** One line below the title. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What the page is, where it belongs, and what can be done with all of it. */
export function PageHeader({ title, above, children, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 grow basis-60">
        {above && (
          <nav aria-label="Breadcrumb" className="mb-1 flex text-muted">
            <Link href={above.href} className="truncate rounded-sm hover:text-ink hover:underline">
              {above.label}
            </Link>
            <span aria-hidden className="mx-1.5 text-faint">
              /
            </span>
          </nav>
        )}
        <h1 className="text-xl font-semibold tracking-[-0.02em]">{title}</h1>
        {children && <div className="mt-1 text-muted">{children}</div>}
      </div>
      {actions && <div className="flex gap-2">{actions}</div>}
    </header>
  );
}
