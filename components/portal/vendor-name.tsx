import { ForeignText } from "@/components/ui/foreign-text";
import { initials } from "@/components/ui/initials";

/** The vendor, by its initial and its name. */
export function VendorName({ name }: { readonly name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-md bg-ink text-sm font-semibold text-canvas"
      >
        {initials(name, 1)}
      </span>
      <ForeignText className="text-base font-semibold tracking-[-0.01em]">{name}</ForeignText>
    </span>
  );
}
