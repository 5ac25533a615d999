import clsx from "clsx";

interface ProseProps {
  /** Text with code in backticks. */
  readonly children: string;
  readonly className?: string;
}

/** A paragraph in which text in backticks is shown as code. */
export function Prose({ children, className }: ProseProps) {
  const parts = children.split("`").map((text, position) => ({ text, position, isCode: position % 2 === 1 }));
  return (
    <p className={clsx("wrap-anywhere", className)}>
      {parts.map(({ text, position, isCode }) =>
        isCode ? (
          <code key={position} className="rounded-sm bg-sunken px-0.5 font-mono text-[0.92em] text-ink">
            {text}
          </code>
        ) : (
          text
        ),
      )}
    </p>
  );
}
