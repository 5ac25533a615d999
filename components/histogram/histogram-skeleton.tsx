/** Placeholder with the height of the chart. */
export function HistogramSkeleton() {
  return (
    <div role="status" aria-label="Loading chart" className="flex h-full flex-col justify-end pb-5">
      <div className="h-14 animate-breathe rounded-md bg-sunken" />
    </div>
  );
}
