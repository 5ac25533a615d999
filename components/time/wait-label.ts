/** How long to wait, in words: “a minute”, “4 minutes”. What is no number of seconds is a minute. */
export function waitLabel(seconds: number): string {
  const minutes = Math.min(60, Math.ceil(seconds / 60));
  return minutes > 1 ? `${minutes} minutes` : "a minute";
}
