import type { ReactNode } from "react";
import { Breadcrumb, type Crumb } from "./breadcrumb";

interface PageHeaderProps {
  /** Usually text; a name that others chose comes isolated. */
  readonly title: ReactNode;
  /** The way from the top to this page, itself included; for pages below those of the navigation. */
  readonly trail?: readonly Crumb[];
  /** One line below the title. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What the page is, where it belongs, and what can be done with all of it. */
export function PageHeader({ title, trail, children, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 grow basis-60">
        {trail && <Breadcrumb trail={trail} />}
        <h1 className="text-xl font-semibold tracking-[-0.02em]">{title}</h1>
        {children && <div className="mt-1 text-muted">{children}</div>}
      </div>
      {actions && <div className="flex gap-2">{actions}</div>}
    </header>
  );
}
