import { problemOf } from "@/components/trpc/problem";

/** Returns the note below a list of search results: that it is loading, failed or empty. Null when there are results. */
export function searchNote(
  { isPending, error }: { readonly isPending: boolean; readonly error: unknown },
  isEmpty: boolean,
): string | null {
  if (error) return problemOf(error).message;
  if (isPending) return "Searching…";
  return isEmpty ? "No results." : null;
}
