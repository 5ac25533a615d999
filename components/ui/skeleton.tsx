import clsx from "clsx";

/** A placeholder for text that is loading. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden className={clsx("block h-3 animate-breathe rounded-sm bg-line", className)} />;
}

/** Placeholders for table rows that are loading, as tall as the actual rows. */
export function SkeletonRows({ rows, label }: { readonly rows: number; readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="divide-y overflow-hidden rounded-lg border bg-surface">
      <div className="hidden h-9 bg-sunken md:block" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-14 items-center gap-8 px-4">
          <span className="w-2/5 space-y-2">
            <Skeleton className={row % 3 === 1 ? "w-1/2" : "w-2/3"} />
            <Skeleton className="h-2.5 w-1/3" />
          </span>
          <span className="grow space-y-2">
            <Skeleton className={row % 2 === 1 ? "w-2/5" : "w-1/3"} />
            <Skeleton className="h-2.5 w-1/4" />
          </span>
          <Skeleton className="hidden w-28 md:block" />
        </div>
      ))}
    </div>
  );
}
