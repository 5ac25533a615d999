import { problemOf } from "@/components/trpc/problem";

/** What to say below a list of what is being looked for: that it is, that it failed, or that there is nothing. */
export function searchNote(
  { isPending, error }: { readonly isPending: boolean; readonly error: unknown },
  isEmpty: boolean,
): string | null {
  if (error) return problemOf(error).message;
  if (isPending) return "Looking…";
  return isEmpty ? "Nothing found." : null;
}
