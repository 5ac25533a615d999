import { CircleAlert } from "lucide-react";

/** Shows why submitting a form failed, for problems that are not about a single field. */
export function FormProblem({ message }: { readonly message: string }) {
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-danger-soft px-3 py-2 text-danger wrap-anywhere">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {message}
    </p>
  );
}
