"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { KeyFields } from "./key-fields";
import { keyProblem, newKey, type DraftKey, type DraftMetadata } from "./schema-draft";

interface MetadataEditorProps {
  /** What the metadata belongs to, such as “actor”. */
  readonly of: string;
  readonly value: DraftMetadata;
  readonly onChange: (value: DraftMetadata) => void;
  /** Whether to show problems. False until the user first submits. */
  readonly showProblems: boolean;
}

/** Edits the keys of one metadata object. */
export function MetadataEditor({ of, value, onChange, showProblems }: MetadataEditorProps) {
  const { keys, rest } = value;
  const setKeys = (keys: readonly DraftKey[]) => onChange({ ...value, keys });
  const rejectsUnknown = rest.additionalProperties === false;
  const { additionalProperties: _, ...open } = rest;
  return (
    <div className="space-y-3">
      {keys.length === 0 ? (
        <p className="text-muted">No keys defined. Any metadata is accepted.</p>
      ) : (
        <ul aria-label={`Metadata keys of ${of}`} className="space-y-2">
          {keys.map((each, index) => (
            <li key={each.id} className="flex items-start gap-2 rounded-lg border p-2 sm:border-0 sm:p-0">
              <KeyFields
                value={each}
                label={`${of}, key ${index + 1}`}
                problem={showProblems ? keyProblem(each.key, keys) : null}
                onChange={(changed) => setKeys(keys.map((other) => (other.id === each.id ? changed : other)))}
              />
              <Button
                tone="quiet"
                size="icon"
                aria-label={`Remove ${each.key || `key ${index + 1}`} of ${of}`}
                className="mt-0.5"
                onClick={() => setKeys(keys.filter((other) => other.id !== each.id))}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {value.unlisted.length > 0 && (
        <p className="text-xs wrap-anywhere text-muted">Also required, of any type: {value.unlisted.join(", ")}</p>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button size="sm" aria-label={`Add key to ${of}`} onClick={() => setKeys([...keys, newKey()])}>
          <Plus aria-hidden className="size-3.5!" />
          Add key
        </Button>
        {keys.length > 0 && (
          <label className="flex items-center gap-2 text-muted">
            <input
              type="checkbox"
              className="size-4 accent-(--color-accent)"
              checked={rejectsUnknown}
              aria-label={`Reject unknown keys of ${of}`}
              onChange={(event) =>
                onChange({ ...value, rest: event.target.checked ? { ...open, additionalProperties: false } : open })
              }
            />
            Reject unknown keys
          </label>
        )}
      </div>
    </div>
  );
}
