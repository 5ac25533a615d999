import type { ReactNode } from "react";
import { formatDate, formatOffset, formatTime, type Zone } from "@/components/time/zone";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { WrappedForeignText } from "@/components/ui/foreign-text";
import type { AuditLogEvent, EventParty } from "@/schemas/event";
import { eventJson } from "./event-json";
import { partyName } from "./event-words";
import { MetadataTable } from "./metadata-table";

/** Everything that is known of an event. */
export default function EventDetails({ event, zone }: { readonly event: AuditLogEvent; readonly zone: Zone }) {
  return (
    <div className="divide-y">
      <section className="px-6 py-5">
        <WrappedForeignText className="font-mono text-base font-medium">{event.action}</WrappedForeignText>
        <p className="mt-1 text-muted">
          by <bdi className="font-medium text-ink wrap-anywhere">{partyName(event.actor)}</bdi> on{" "}
          {formatDate(event.occurredAt, zone)} at {formatTime(event.occurredAt, zone)}{" "}
          {formatOffset(event.occurredAt, zone)}
        </p>
        <dl className="mt-5 grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2">
          <Fact name="Event ID" value={event.id} copy />
          <Fact name="Occurred" value={event.occurredAt.toISOString()} copy />
          <Fact name="Received" value={event.receivedAt.toISOString()} />
          <Fact name="Location" value={event.context.location} copy />
          <Fact name="User agent" value={event.context.userAgent ?? "Not given"} />
          <Fact name="Schema version" value={String(event.version)} />
        </dl>
      </section>
      <Section title="Actor">
        <Party party={event.actor} />
      </Section>
      <Section title={event.targets.length === 1 ? "Target" : `Targets (${event.targets.length})`}>
        {event.targets.length === 0 && <p className="text-muted">None.</p>}
        <ul className="space-y-4">
          {event.targets.map((target, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- The same target may stand there twice; the list never changes.
            <li key={index}>
              <Party party={target} />
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

function Party({ party }: { readonly party: EventParty }) {
  return (
    <>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        <Fact name="Name" value={party.name ?? "Not given"} />
        <Fact name="ID" value={party.id} copy />
        <Fact name="Type" value={party.type} />
      </dl>
      {party.metadata && Object.keys(party.metadata).length > 0 && (
        <div className="mt-3">
          <MetadataTable metadata={party.metadata} label={`Metadata of ${partyName(party)}`} />
        </div>
      )}
    </>
  );
}

function Fact({
  name,
  value,
  copy = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly copy?: boolean;
}) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-w-0 items-start gap-1">
        <WrappedForeignText>{value}</WrappedForeignText>
        {copy && value !== "" && <CopyButton text={value} label={`Copy ${name}`} className="-my-0.5" />}
      </dd>
    </>
  );
}
