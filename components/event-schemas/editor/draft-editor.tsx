"use client";

import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { MetadataEditor } from "./metadata-editor";
import { newTarget, type Draft, type DraftTarget } from "./schema-draft";

interface DraftEditorProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly showProblems: boolean;
}

/** Edits a schema as fields: target types with their metadata, actor metadata and event metadata. */
export function DraftEditor({ draft, onChange, showProblems }: DraftEditorProps) {
  const { targets } = draft;
  const setTargets = (targets: readonly DraftTarget[]) => onChange({ ...draft, targets });
  return (
    <div className="space-y-4">
      <Section title="Targets" note="Events must include one target of each type. Other targets are allowed.">
        <ul aria-label="Target types" className="space-y-4">
          {targets.map((target, index) => {
            const name = target.type.trim() || `target ${index + 1}`;
            const replace = (changed: DraftTarget) =>
              setTargets(targets.map((other) => (other.id === target.id ? changed : other)));
            return (
              <li key={target.id} className="space-y-3 rounded-lg border p-4">
                <div className="flex items-end gap-2">
                  <Field
                    label="Target type"
                    className="min-w-0 grow"
                    placeholder="team"
                    autoComplete="off"
                    spellCheck={false}
                    value={target.type}
                    error={showProblems ? targetProblem(target, targets) : undefined}
                    onChange={(event) => replace({ ...target, type: event.target.value })}
                  />
                  {targets.length > 1 && (
                    <Button
                      tone="quiet"
                      aria-label={`Remove ${name}`}
                      onClick={() => setTargets(targets.filter((other) => other.id !== target.id))}
                    >
                      Remove
                    </Button>
                  )}
                </div>
                <MetadataEditor
                  of={name}
                  value={target.metadata}
                  showProblems={showProblems}
                  onChange={(metadata) => replace({ ...target, metadata })}
                />
              </li>
            );
          })}
        </ul>
        <Button className="mt-4" onClick={() => setTargets([...targets, newTarget()])}>
          <Plus aria-hidden />
          Add target type
        </Button>
      </Section>
      <Section title="Actor" note="Metadata about the actor.">
        <MetadataEditor
          of="actor"
          value={draft.actor}
          showProblems={showProblems}
          onChange={(actor) => onChange({ ...draft, actor })}
        />
      </Section>
      <Section title="Event metadata" note="Metadata about the event.">
        <MetadataEditor
          of="event"
          value={draft.metadata}
          showProblems={showProblems}
          onChange={(metadata) => onChange({ ...draft, metadata })}
        />
      </Section>
    </div>
  );
}

function targetProblem({ type }: DraftTarget, targets: readonly DraftTarget[]): string | undefined {
  const name = type.trim();
  if (name === "") return "Enter a type.";
  return targets.filter((each) => each.type.trim() === name).length > 1 ? "This type is already listed." : undefined;
}

function Section({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="rounded-lg border bg-surface p-4 sm:p-6">
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mb-4 text-muted">{note}</p>
      {children}
    </section>
  );
}
