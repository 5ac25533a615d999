import clsx from "clsx";

const tones: Readonly<Record<string, string>> = {
  GET: "text-positive",
  POST: "text-accent",
  PUT: "text-caution",
  DELETE: "text-danger",
};

/** An HTTP method, with a color per method. */
export function MethodName({ method }: { readonly method: string }) {
  return <span className={clsx("w-12 shrink-0 font-mono text-xs leading-5 font-medium", tones[method])}>{method}</span>;
}
