import type { EventViolation } from "@/schemas/events/event-validation";

/** What is wrong with an event, place by place. */
export function ViolationList({ violations }: { readonly violations: readonly EventViolation[] }) {
  if (violations.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-muted">
      {violations.map((each) => {
        const place = each.field ?? each.instancePath;
        return (
          <li key={`${place} ${each.code} ${each.message}`} className="wrap-anywhere">
            {place && <span className="font-mono text-xs text-ink">{place}</span>} {each.message ?? each.code}
          </li>
        );
      })}
    </ul>
  );
}
