"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { TextArea } from "@/components/ui/forms/text-area";
import { useToast } from "@/components/ui/overlays/toast";
import { eventSchemaJson } from "@/schemas/event-schemas/event-schema-json";
import { DraftEditor } from "./draft-editor";
import { draftOf, keysAreValid, schemaOf, type Draft } from "./schema-draft";

interface SchemaFormProps {
  readonly environmentId: string;
  /** Null for a new action, whose name the user enters. */
  readonly name: string | null;
  readonly start: Draft;
}

/** Edits a schema as fields or as JSON, and creates it as a new version. */
export default function SchemaForm({ environmentId, name, start }: SchemaFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [typedName, setTypedName] = useState("");
  const [draft, setDraft] = useState(start);
  const [text, setText] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly string[] | null>(null);
  const { action: actionUrl, list } = schemaUrls(environmentId);
  const create = useMutation(
    trpc.eventSchemas.create.mutationOptions({
      onSuccess: async ({ version }, { action }) => {
        toast({ tone: "positive", title: `Version ${version} of “${action}” created` });
        router.push(actionUrl(action));
        await queryClient.invalidateQueries(trpc.eventSchemas.pathFilter());
      },
    }),
  );

  /** Returns the schema as edited, or shows its problems and returns null. */
  const read = async () => {
    // Loaded on demand, since the rules (the server's own) are large.
    const { parseSchema } = await import("./parse-schema");
    const parsed = parseSchema(text ?? toJson(draft));
    const hasValidKeys = text !== null || keysAreValid(draft);
    setProblems(parsed.ok ? (hasValidKeys ? null : ["Fix the highlighted keys."]) : parsed.problems);
    return parsed.ok && hasValidKeys ? parsed.schema : null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const schema = await read();
    if (schema && !create.isPending) create.mutate({ action: name ?? typedName.trim(), schema });
  };
  const switchTo = async (mode: "fields" | "text") => {
    if (mode === "text") {
      setText(toJson(draft));
      setProblems(null);
      return;
    }
    const schema = await read();
    if (!schema) return;
    setDraft(draftOf(schema));
    setText(null);
  };
  const failure = create.error && problemOf(create.error);
  return (
    <form onSubmit={(event) => void submit(event)} noValidate={name !== null} className="space-y-4">
      {name === null && (
        <Field
          label="Action"
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          placeholder="user.signed_in"
          pattern="[^\/]+"
          title="A name without “/”"
          hint="As sent in your events, without “/”. If the action exists, this creates a new version."
          className="max-w-lg"
          value={typedName}
          onChange={(event) => setTypedName(event.target.value)}
        />
      )}
      <div role="group" aria-label="Edit as" className="flex gap-1">
        <Button
          tone={text === null ? "secondary" : "quiet"}
          aria-pressed={text === null}
          onClick={() => text !== null && void switchTo("fields")}
        >
          Fields
        </Button>
        <Button
          tone={text === null ? "quiet" : "secondary"}
          aria-pressed={text !== null}
          onClick={() => text === null && void switchTo("text")}
        >
          JSON
        </Button>
      </div>
      {text === null ? (
        <DraftEditor draft={draft} onChange={setDraft} showProblems={problems !== null} />
      ) : (
        <TextArea
          label="Schema as JSON"
          rows={24}
          value={text}
          hint="Same format as POST /audit_logs/actions/…/schemas."
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {problems && <FormProblem message={problems.join(" · ")} />}
      {failure && <FormProblem message={failure.message} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" busy={create.isPending}>
          {create.isPending ? "Creating…" : name === null ? "Create action" : "Create version"}
        </Button>
        <Button onClick={() => router.push(name === null ? list : actionUrl(name))}>Cancel</Button>
      </div>
    </form>
  );
}

/** Returns the schema as the REST API takes it. */
function toJson(draft: Draft): string {
  return JSON.stringify(eventSchemaJson(schemaOf(draft)), null, 2);
}
