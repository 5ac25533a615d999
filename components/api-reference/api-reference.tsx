import { Logo } from "@/components/brand/logo";
import type { ApiDocument } from "@/server/rest/openapi/document";
import { MethodName } from "./method-name";
import { OperationEntry } from "./operation-entry";
import { Prose } from "./prose";
import { topicsOf } from "./topics";

/** Shows an OpenAPI document as a single page. */
export function ApiReference({ document }: { readonly document: ApiDocument }) {
  const topics = topicsOf(document);
  const [server] = document.servers;
  return (
    <div className="mx-auto max-w-6xl px-4 py-8 sm:px-6 lg:grid lg:grid-cols-[16rem_minmax(0,1fr)] lg:gap-12">
      <nav
        aria-label="Contents"
        className="mb-10 lg:sticky lg:top-8 lg:mb-0 lg:max-h-[calc(100dvh-4rem)] lg:overflow-y-auto"
      >
        <Logo />
        <ul className="mt-6 space-y-6">
          {topics.map(({ name, operations }) => (
            <li key={name}>
              <a href={`#${anchor(name)}`} className="rounded-sm text-xs font-medium text-faint hover:text-ink">
                {name}
              </a>
              <ul className="mt-1.5 space-y-1">
                {operations.map(({ operationId, method, summary }) => (
                  <li key={operationId}>
                    <a href={`#${operationId}`} className="flex gap-2 rounded-sm py-0.5 text-muted hover:text-ink">
                      <MethodName method={method} />
                      <span>{summary}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </nav>
      <main className="min-w-0">
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">API reference</h1>
        <Prose className="mt-3 max-w-prose text-base text-muted">{document.info.description}</Prose>
        <dl className="mt-6 grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
          <dt className="text-faint">Base URL</dt>
          <dd className="font-mono text-xs leading-5 wrap-anywhere">{server?.url}</dd>
          <dt className="text-faint">Authentication</dt>
          <dd>
            <code className="font-mono text-xs">Authorization: Bearer sk_…</code> (create keys in the dashboard under
            API keys)
          </dd>
          <dt className="text-faint">OpenAPI</dt>
          <dd>
            <a
              href="/openapi.json"
              className="rounded-sm text-accent underline underline-offset-2 hover:text-accent-strong"
            >
              openapi.json
            </a>
          </dd>
        </dl>
        {topics.map(({ name, operations }) => (
          <section key={name} aria-labelledby={anchor(name)} className="mt-12">
            <h2 id={anchor(name)} className="scroll-mt-8 text-xl font-semibold tracking-[-0.02em]">
              {name}
            </h2>
            {operations.map((operation) => (
              <OperationEntry key={operation.operationId} operation={operation} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

function anchor(topic: string): string {
  return `topic-${topic.toLowerCase().replaceAll(/\W+/g, "-")}`;
}
