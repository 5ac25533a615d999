import clsx from "clsx";
import Link from "next/link";
import { UserText } from "@/components/ui/user-text";

/** A page in the breadcrumb. */
export interface Crumb {
  readonly href: string;
  readonly label: string;
}

/** Shows the path from the top level to the current page, which comes last. On narrow screens, middle names shrink first. */
export function Breadcrumb({ trail }: { readonly trail: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1">
      <ol className="flex text-muted">
        {trail.map(({ href, label }, index) => {
          const isLast = index === trail.length - 1;
          return (
            <li
              key={href}
              className={clsx(
                "flex min-w-0",
                index === 0 || (isLast && trail.length > 2) ? "max-w-[45%] shrink-0" : "shrink",
              )}
            >
              {index > 0 && (
                <span aria-hidden className="mx-1.5 text-faint">
                  /
                </span>
              )}
              {isLast ? (
                <span aria-current="page" className="min-w-0 text-faint">
                  <UserText>{label}</UserText>
                </span>
              ) : (
                <Link href={href} className="min-w-0 rounded-sm hover:text-ink hover:underline">
                  <UserText>{label}</UserText>
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
