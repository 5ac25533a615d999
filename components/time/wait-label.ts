/** Returns how long to wait: “a minute”, “4 minutes”, at most “60 minutes”. NaN counts as a minute. */
export function waitLabel(seconds: number): string {
  const minutes = Math.min(60, Math.ceil(seconds / 60));
  return minutes > 1 ? `${minutes} minutes` : "a minute";
}
