import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { ViolationList } from "@/components/event-schemas/violation-list";
import type { EventVerdict } from "@/schemas/events/event-validation";

interface VerdictProps {
  readonly verdict: EventVerdict;
  /** Whether the event was edited after the check. */
  readonly isOutdated: boolean;
  readonly environmentId: string;
}

/** Shows whether an event would be accepted, and its problems if not. */
export function Verdict({ verdict, isOutdated, environmentId }: VerdictProps) {
  const Icon = verdict.accepted ? CircleCheck : CircleX;
  return (
    <div className="rounded-lg border bg-surface p-4">
      <h2 className={verdict.accepted ? "flex gap-2 text-positive" : "flex gap-2 text-danger"}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="font-semibold">{verdict.accepted ? "Valid" : rejectionLabel(verdict.violations.length)}</span>
      </h2>
      <div className="mt-2 space-y-2 pl-6">
        {verdict.accepted ? (
          <Accepted verdict={verdict} environmentId={environmentId} />
        ) : (
          <ViolationList violations={verdict.violations} />
        )}
        {isOutdated && <p className="text-xs text-faint">Edited since the last check.</p>}
      </div>
    </div>
  );
}

function rejectionLabel(problems: number): string {
  return problems === 1 ? "Rejected: 1 problem" : `Rejected: ${problems} problems`;
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
          <span className="font-mono text-xs text-ink">{action}</span> has no schema. Only the basic format was checked.
        </p>
      ) : (
        <p>
          Checked against version {version} of {link}
          {version < newest && ` (newest: ${newest}). Events without a version use version 1`}.
        </p>
      )}
      {organizationId === null && <p>No organization_id provided, so the organization wasn&rsquo;t checked.</p>}
    </div>
  );
}
