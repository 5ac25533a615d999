"use client";

import { useState } from "react";
import { serverNow } from "@/components/time/server-clock";
import { CodeBlock } from "@/components/ui/code-block";
import { Select } from "@/components/ui/forms/select";
import { ApiKeyField } from "./api-key-field";
import { LANGUAGES, type LanguageId } from "./languages";
import { useLanguage } from "./use-language";

interface CodeSampleProps {
  readonly environmentId: string;
  readonly organizationId: string;
  readonly canCreateKeys: boolean;
}

const OPTIONS = (Object.keys(LANGUAGES) as LanguageId[]).map((value) => ({ value, label: LANGUAGES[value].name }));

/** Shows code that sends the first event, with the user's own API key filled in. */
export default function CodeSample({ environmentId, organizationId, canCreateKeys }: CodeSampleProps) {
  const [now] = useState(() => new Date(serverNow()));
  const [apiKey, setApiKey] = useState("");
  const [language, setLanguage] = useLanguage();
  const { name, code } = LANGUAGES[language];
  const values = { origin: location.origin, organizationId, now };
  return (
    <div className="mt-6 space-y-4">
      <ApiKeyField environmentId={environmentId} canCreate={canCreateKeys} value={apiKey} onChange={setApiKey} />
      <div className="max-w-48">
        <Select label="Language" value={language} options={OPTIONS} onChange={setLanguage} />
      </div>
      <CodeBlock code={code({ ...values, apiKey: apiKey || "sk_…" })} label={`Copy ${name}`} />
    </div>
  );
}
