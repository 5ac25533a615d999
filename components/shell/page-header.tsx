import type { ReactNode } from "react";
import { Breadcrumb, type Crumb } from "./breadcrumb";

interface PageHeaderProps {
  /** Usually text. A name that users chose comes as `UserText`. */
  readonly title: ReactNode;
  /** The breadcrumb, ending with this page. For pages below those in the navigation. */
  readonly trail?: readonly Crumb[];
  /** A line below the title. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's breadcrumb, title, description and actions. */
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
