const ARCHES = [0, 1, 2, 3, 4, 5, 6];
const DOTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** A decorative illustration in the style of the logo: a trail that leads through several gates. */
export function Gates({ className }: { readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 400 480"
      fill="none"
      aria-hidden="true"
      focusable="false"
      className={className}
      preserveAspectRatio="xMidYMax meet"
    >
      {ARCHES.map((arch) => {
        const half = 30 + arch * 27;
        return (
          <path
            key={arch}
            d={`M${200 - half} 480V${250 - arch * 9}a${half} ${half} 0 0 1 ${half * 2} 0V480`}
            stroke="currentColor"
            strokeWidth={1 + arch * 0.12}
            opacity={0.75 - arch * 0.09}
          />
        );
      })}
      {DOTS.map((dot) => (
        <circle
          key={dot}
          cx="200"
          cy={262 + dot * dot * 2.05 + dot * 2}
          r={1.1 + dot * 0.42}
          className="fill-accent"
          opacity={0.35 + dot * 0.065}
        />
      ))}
    </svg>
  );
}
