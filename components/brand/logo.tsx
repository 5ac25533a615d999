/** Trailport's logo mark, a trail through a gate. It is decorative, because the name next to it or a link label says “Trailport”. */
export function LogoMark({ className = "size-6" }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M8 25.5V14.5a8 8 0 0 1 16 0v11"
        fill="none"
        strokeWidth="2.6"
        strokeLinecap="round"
        className="stroke-on-accent"
      />
      <g className="fill-on-accent">
        <circle cx="16" cy="14.2" r="1.5" opacity="0.55" />
        <circle cx="16" cy="19.4" r="1.9" opacity="0.75" />
        <circle cx="16" cy="25.2" r="2.3" />
      </g>
    </svg>
  );
}

/** The logo mark with the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2">
      <LogoMark />
      <span className="text-base font-semibold tracking-[-0.02em]">Trailport</span>
    </span>
  );
}
