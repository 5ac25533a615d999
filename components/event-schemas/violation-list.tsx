import type { EventViolation } from "@/schemas/events/event-validation";

/** Lists the problems of an event, each with the field it is about. */
export function ViolationList({ violations }: { readonly violations: readonly EventViolation[] }) {
  if (violations.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-muted">
      {violations.map((each) => {
        const { place, problem } = describeViolation(each);
        return (
          <li key={`${place} ${each.code} ${problem}`} className="wrap-anywhere">
            {place && <span className="font-mono text-xs text-ink">{place}</span>} {problem}
          </li>
        );
      })}
    </ul>
  );
}

/** Returns where in the event a problem is, if known, and what is wrong. */
export function describeViolation({ field, instancePath, message, code }: EventViolation) {
  return { place: field ?? instancePath, problem: message ?? code };
}
