"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { TextArea } from "@/components/ui/forms/text-area";
import { useToast } from "@/components/ui/overlays/toast";
import { eventSchemaJson } from "@/schemas/event-schemas/event-schema-json";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { draftOf, keysAreSound, schemaOf, type Draft } from "./schema-draft";
import { DraftEditor } from "./draft-editor";

interface SchemaFormProps {
  readonly environmentId: string;
  /** Null for an action that is yet to be named. */
  readonly name: string | null;
  readonly start: Draft;
}

/** The schema as fields or as JSON text, whichever one likes; both are the same schema. */
export default function SchemaForm({ environmentId, name, start }: SchemaFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [typedName, setTypedName] = useState("");
  const [draft, setDraft] = useState(start);
  const [text, setText] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly string[] | null>(null);
  const { action: addressOf, list } = schemaUrls(environmentId);
  const create = useMutation(
    trpc.eventSchemas.create.mutationOptions({
      onSuccess: async ({ version }, { action }) => {
        toast({ tone: "positive", title: `Version ${version} of “${action}” created` });
        router.push(addressOf(action));
        await queryClient.invalidateQueries(trpc.eventSchemas.pathFilter());
      },
    }),
  );

  /** What is described now, or null after saying what is wrong. */
  const read = async () => {
    // The rules are the server's own, and heavy: they come when they are first asked.
    const { readSchema } = await import("./parse-schema");
    const found = readSchema(text ?? textOf(draft));
    const isSound = text !== null || keysAreSound(draft);
    setProblems(
      found.ok ? (isSound ? null : ["Some keys have no name of their own; they are marked above."]) : found.problems,
    );
    return found.ok && isSound ? found.schema : null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const schema = await read();
    if (schema && !create.isPending) create.mutate({ action: name ?? typedName.trim(), schema });
  };
  const switchTo = async (look: "fields" | "text") => {
    if (look === "text") {
      setText(textOf(draft));
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
          hint="What happened, as your events name it; without “/”. An action that exists gets another version."
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
          hint="As one sends it to POST /audit_logs/actions/…/schemas: targets, actor and metadata, each metadata as JSON Schema."
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {problems && <FormProblem message={problems.join(" · ")} />}
      {failure && <FormProblem message={failure.message} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" busy={create.isPending}>
          {create.isPending ? "Creating…" : name === null ? "Create action" : "Create version"}
        </Button>
        <Button onClick={() => router.push(name === null ? list : addressOf(name))}>Cancel</Button>
      </div>
    </form>
  );
}

/** The schema as one sends it. */
function textOf(draft: Draft): string {
  return JSON.stringify(eventSchemaJson(schemaOf(draft)), null, 2);
}
