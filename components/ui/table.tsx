import clsx from "clsx";
import type { ComponentProps, CSSProperties, ReactNode, Ref } from "react";

interface TableProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** Sets `--cols`, the grid template of wide screens. On narrow screens rows stack and only screen readers see the head. */
  readonly className: string;
  /** Set this when not all rows are in the DOM: the number of rows including the head, or -1 when unknown. */
  readonly rowCount?: number;
  readonly body?: { readonly ref: Ref<HTMLTableSectionElement>; readonly style: CSSProperties };
  readonly children: ReactNode;
}

/**
 * A table whose rows are grids, so that they can stack on a phone. The roles are explicit because browsers drop the implicit
 * ones from table elements with another `display` value.
 */
export function Table({ label, columns, className, rowCount, body, children }: TableProps) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table role="table" aria-label={label} aria-rowcount={rowCount} className={clsx("block w-full", className)}>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:block">
          <tr
            role="row"
            aria-rowindex={rowCount === undefined ? undefined : 1}
            className="grid h-9 grid-cols-(--cols) items-center gap-x-4 border-b bg-sunken px-4 text-left"
          >
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col" className="truncate text-xs font-medium text-muted">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="relative block divide-y" {...body}>
          {children}
        </tbody>
      </table>
    </div>
  );
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      role="row"
      className={clsx("relative grid min-h-14 items-center gap-x-4 gap-y-1 px-4 py-2 md:grid-cols-(--cols)", className)}
      {...rest}
    />
  );
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return <td role="cell" className={clsx("block min-w-0", className)} {...rest} />;
}
