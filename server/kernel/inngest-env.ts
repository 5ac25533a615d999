import { publicUrl } from "./public-url";

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that choose an Inngest server instead of the embedded runner. */
const INNGEST_VARIABLES = [
  "INNGEST_EVENT_KEY",
  "INNGEST_SIGNING_KEY",
  "INNGEST_SIGNING_KEY_FALLBACK",
  "INNGEST_BASE_URL",
  "INNGEST_SERVE_ORIGIN",
] as const;

/** Variables that the Inngest SDK reads by itself, and what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  INNGEST_DEV: "turns off the check of signatures, so anyone could run functions. Remove it",
  INNGEST_ALLOW_IN_BAND_SYNC: "isn't supported. Remove it",
  INNGEST_API_BASE_URL: "isn't supported. Set INNGEST_BASE_URL",
  INNGEST_EVENT_API_BASE_URL: "isn't supported. Set INNGEST_BASE_URL",
  INNGEST_DEVSERVER_URL: "isn't supported. Set INNGEST_BASE_URL",
  INNGEST_SERVE_HOST: "isn't supported. Set INNGEST_SERVE_ORIGIN",
  INNGEST_SERVE_PATH: "isn't supported: the functions are at /api/inngest. Remove it",
};

/** Hex digits in pairs, as Inngest needs them, also after a prefix of Inngest Cloud. */
const SIGNING_KEY = /^(signkey-\w+-)?([0-9a-f]{2}){16,}$/i;
const SIGNING_KEY_RULE =
  "must be an even number of hex digits, at least 32, as `openssl rand -hex 32` prints them; may begin with signkey-prod-";

/** Whether a server is to run the functions. Variables that Kubernetes sets for a service named "inngest" don't count. */
export function namesInngestServer(variables: Variables): boolean {
  return given(variables).length > 0;
}

/** Returns what is wrong with the variables for Inngest, one line per variable, never with its value. */
export function inngestProblems(variables: Variables, isEmbedded: boolean): string[] {
  const problems = Object.entries(UNSUPPORTED).flatMap(([name, problem]) =>
    isOn(variables[name]) ? [`${name}: ${problem}`] : [],
  );
  const names = given(variables);
  if (isEmbedded || names.length === 0) return problems;
  for (const name of ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"] as const)
    if (!names.includes(name)) problems.push(`${name}: is required with ${names.join(" and ")}`);
  for (const name of ["INNGEST_SIGNING_KEY", "INNGEST_SIGNING_KEY_FALLBACK"] as const) {
    const value = variables[name]?.trim();
    if (value && !SIGNING_KEY.test(value)) problems.push(`${name}: ${SIGNING_KEY_RULE}`);
  }
  if (/\s/.test(variables["INNGEST_EVENT_KEY"]?.trim() ?? "")) problems.push("INNGEST_EVENT_KEY: must have no spaces");
  for (const name of ["INNGEST_BASE_URL", "INNGEST_SERVE_ORIGIN"] as const) {
    const value = variables[name]?.trim();
    if (value && !publicUrl.safeParse(value).success)
      problems.push(
        `${name}: must be a URL such as http://inngest.internal:8288, without a path, query or credentials`,
      );
  }
  return problems;
}

function given(variables: Variables) {
  return INNGEST_VARIABLES.filter((name) => (variables[name] ?? "").trim() !== "");
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !/^\s*(0|false|no|off)?\s*$/i.test(value);
}
