import type { ReactNode } from "react";
import { formatDate, formatOffset, formatTime, type Zone } from "@/components/time/zone";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { WrappedUserText } from "@/components/ui/user-text";
import type { AuditLogEvent, EventParty } from "@/schemas/events/event";
import type { EventWarning } from "@/schemas/events/event-warning";
import { EVENT_FILTER_FIELDS, fieldOfValue, type PartyRole } from "@/schemas/events/event-filter-fields";
import { eventJson } from "./event-json";
import { partyName } from "@/components/events/values/event-labels";
import { MetadataTable } from "./metadata-table";
import { ValueMenu } from "@/components/events/values/value-menu";

interface EventDetailsProps {
  readonly event: AuditLogEvent;
  /** What is unusual about the event's time. */
  readonly warnings: readonly EventWarning[];
  readonly zone: Zone;
}

/** Shows all fields of an event. */
export function EventDetails({ event, warnings, zone }: EventDetailsProps) {
  return (
    <div className="divide-y">
      <section className="px-6 py-5">
        <div className="flex items-start gap-1">
          <WrappedUserText className="font-mono text-base font-medium">{event.action}</WrappedUserText>
          <ValueMenu what="action" values={[{ field: "actions", value: event.action }]} />
        </div>
        <p className="mt-1 text-muted">
          by <bdi className="font-medium text-ink wrap-anywhere">{partyName(event.actor)}</bdi> on{" "}
          {formatDate(event.occurredAt, zone)} at {formatTime(event.occurredAt, zone)}{" "}
          {formatOffset(event.occurredAt, zone)}
        </p>
        {warnings.map(({ code, message }) => (
          <p key={code} role="note" className="mt-3 rounded-md bg-caution-soft px-3 py-2 text-caution">
            Its time {message}.
          </p>
        ))}
        <dl className="mt-5 grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2">
          <Fact name="Event ID" value={event.id} copyLabel="Copy event ID" />
          <Fact name="Occurred" value={event.occurredAt.toISOString()} copyLabel="Copy time" />
          <Fact name="Received" value={event.receivedAt.toISOString()} />
          <Fact name="IP address" value={event.context.location} copyLabel="Copy IP address" />
          <Fact name="User agent" value={event.context.userAgent} />
          <Fact name="Schema version" value={String(event.version)} />
        </dl>
      </section>
      <Section title="Actor">
        <Party partyRole="actor" party={event.actor} />
      </Section>
      <Section title={event.targets.length === 1 ? "Target" : `Targets (${event.targets.length})`}>
        {event.targets.length === 0 && <p className="text-muted">No targets</p>}
        <ul className="space-y-4">
          {event.targets.map((target, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- The same target can occur twice, and the list never changes.
            <li key={index}>
              <Party partyRole="target" party={target} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Metadata">
        <MetadataTable metadata={event.metadata} label="Metadata" />
      </Section>
      <Section title="Raw JSON">
        <CodeBlock code={eventJson(event)} label="Copy JSON" />
      </Section>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="px-6 py-5">
      <h3 className="mb-3 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

interface PartyProps {
  readonly partyRole: PartyRole;
  readonly party: EventParty;
}

function Party({ partyRole, party }: PartyProps) {
  const menu = (property: "name" | "id" | "type") => {
    const field = fieldOfValue(`${partyRole}.${property}`);
    const value = party[property];
    if (!field || !value) return null;
    return <ValueMenu what={EVENT_FILTER_FIELDS[field].noun} values={[{ field, value }]} className="-my-0.5" />;
  };
  return (
    <>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        <Fact name="Name" value={party.name} tool={menu("name")} />
        <Fact name="ID" value={party.id} copyLabel={`Copy ${partyRole} ID`} tool={menu("id")} />
        <Fact name="Type" value={party.type} tool={menu("type")} />
      </dl>
      {party.metadata && Object.keys(party.metadata).length > 0 && (
        <div className="mt-3">
          <MetadataTable metadata={party.metadata} label={`Metadata of ${partyName(party)}`} />
        </div>
      )}
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string | null;
  /** Names the copy button. Without it, there is none. */
  readonly copyLabel?: string;
  /** Shown next to the value. */
  readonly tool?: ReactNode;
}

function Fact({ name, value, copyLabel, tool }: FactProps) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-w-0 items-start gap-1">
        <WrappedUserText>{value || "—"}</WrappedUserText>
        {copyLabel && value && <CopyButton text={value} label={copyLabel} className="-my-0.5" />}
        {tool}
      </dd>
    </>
  );
}
