import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import type { EventVerdict } from "@/schemas/events/event-validation";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { ViolationList } from "@/components/event-schemas/violation-list";

interface VerdictProps {
  readonly verdict: EventVerdict;
  /** The event was changed since. */
  readonly isOutdated: boolean;
  readonly environmentId: string;
}

/** What would become of an event. */
export function Verdict({ verdict, isOutdated, environmentId }: VerdictProps) {
  const Icon = verdict.accepted ? CircleCheck : CircleX;
  return (
    <div className="rounded-lg border bg-surface p-4">
      <h2 className={verdict.accepted ? "flex gap-2 text-positive" : "flex gap-2 text-danger"}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="font-semibold">{verdict.accepted ? "It would be accepted" : refusal(verdict.violations)}</span>
      </h2>
      <div className="mt-2 space-y-2 pl-6">
        {verdict.accepted ? (
          <Accepted verdict={verdict} environmentId={environmentId} />
        ) : (
          <ViolationList violations={verdict.violations} />
        )}
        {isOutdated && <p className="text-xs text-faint">The event was changed since. Check it again.</p>}
      </div>
    </div>
  );
}

function refusal(violations: readonly unknown[]): string {
  return violations.length === 1
    ? "It would be refused, for one reason"
    : `It would be refused, for ${violations.length} reasons`;
}

interface AcceptedProps {
  readonly verdict: Extract<EventVerdict, { accepted: true }>;
  readonly environmentId: string;
}

function Accepted({ verdict: { action, version, versions, organizationId }, environmentId }: AcceptedProps) {
  const newest = Math.max(...versions);
  const link = (
    <Link
      href={schemaUrls(environmentId).action(action)}
      className="font-mono text-xs font-medium text-accent underline underline-offset-2 wrap-anywhere"
    >
      {action}
    </Link>
  );
  return (
    <div className="space-y-2 text-muted">
      {versions.length === 0 ? (
        <p className="wrap-anywhere">
          Nobody has made a schema for <span className="font-mono text-xs text-ink">{action}</span>, so nothing of it is
          checked but its form.
        </p>
      ) : (
        <p>
          It was held against version {version} of {link}
          {version < newest && `, which has ${newest} versions; an event that names none is held against the first`}.
        </p>
      )}
      {organizationId === null && <p>Only the event was given: the organization was not looked for.</p>}
    </div>
  );
}
