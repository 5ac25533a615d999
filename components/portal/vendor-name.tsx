import { initials } from "@/components/ui/initials";
import { UserText } from "@/components/ui/user-text";
import type { PortalBranding } from "@/schemas/portal/portal-branding";

/** The vendor's logo (or its initial) and name. */
export function VendorName({ branding: { name, logo } }: { readonly branding: Pick<PortalBranding, "name" | "logo"> }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {logo ? (
        // Most logos are designed for white, so they get a white background in dark mode too.
        <img
          src={logo.href}
          width={logo.width}
          height={logo.height}
          alt=""
          className="h-8 w-auto max-w-20 shrink-0 rounded-md bg-[color:light-dark(transparent,white)] object-contain p-0.5 sm:max-w-28"
        />
      ) : (
        <span
          aria-hidden
          className="grid size-7 shrink-0 place-items-center rounded-md bg-ink text-sm font-semibold text-canvas"
        >
          {initials(name, 1)}
        </span>
      )}
      <UserText className="text-base font-semibold tracking-[-0.01em]">{name}</UserText>
    </span>
  );
}
