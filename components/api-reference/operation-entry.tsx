import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { FieldList } from "./field-list";
import { fieldsOf, typeOf } from "./fields";
import { MethodName } from "./method-name";
import { Prose } from "./prose";
import type { NamedOperation } from "./topics";

/** Shows an operation: what it does, its parameters, its request body and its responses. */
export function OperationEntry({ operation }: { readonly operation: NamedOperation }) {
  const { operationId, method, path, summary, description, security, parameters, requestBody, responses } = operation;
  const body = requestBody?.content["application/json"];
  const parameterFields = parameters.map(({ name, required, description = "", schema, in: place }) => {
    return { name, required, description, type: `${typeOf(schema)}, in the ${place}` };
  });
  return (
    <article aria-labelledby={operationId} className="mt-8 border-t pt-6">
      <h3 id={operationId} className="scroll-mt-8 text-lg font-semibold">
        {summary}
      </h3>
      <div className="mt-1 flex flex-wrap items-center gap-x-1">
        <MethodName method={method} />
        <code className="font-mono text-xs leading-5 wrap-anywhere">{path}</code>
        {security.length === 0 && <Badge>No API key</Badge>}
        {security.flatMap(({ apiKey = [] }) =>
          apiKey.map((scope) => (
            <Badge key={scope}>
              Scope: <code className="font-mono">{scope}</code>
            </Badge>
          )),
        )}
      </div>
      {description !== undefined && <Prose className="mt-2 max-w-prose text-muted">{description}</Prose>}
      <Section title="Parameters">
        {parameterFields.length > 0 && <FieldList label={`Parameters of ${summary}`} fields={parameterFields} />}
      </Section>
      <Section title="Body">
        {body && (
          <>
            <FieldList label={`Body of ${summary}`} fields={fieldsOf(body.schema)} />
            {body.example !== undefined && (
              <div className="mt-3">
                <CodeBlock code={JSON.stringify(body.example, null, 2)} label="Copy example" />
              </div>
            )}
          </>
        )}
      </Section>
      {Object.entries(responses).map(([status, { content = {} }]) =>
        Object.entries(content).map(([type, { schema }]) => (
          <Section key={`${status} ${type}`} title={`Response: ${status}, ${type}`}>
            <FieldList label={`Response of ${summary}`} fields={fieldsOf(schema)} />
          </Section>
        )),
      )}
    </article>
  );
}

/** A section with a title. Renders nothing without content. */
function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  if (!children) return null;
  return (
    <section className="mt-4">
      <h4 className="mb-2 text-xs font-medium text-faint">{title}</h4>
      {children}
    </section>
  );
}
