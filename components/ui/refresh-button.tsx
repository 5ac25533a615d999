import clsx from "clsx";
import { RefreshCw } from "lucide-react";
import { buttonStyle } from "./button";

interface RefreshButtonProps {
  readonly isAtWork: boolean;
  readonly onPress: () => void;
}

/** Has a list read anew. */
export function RefreshButton({ isAtWork, onPress }: RefreshButtonProps) {
  return (
    <button
      type="button"
      aria-label="Refresh"
      title="Refresh"
      className={buttonStyle("quiet", "icon")}
      onClick={onPress}
    >
      <RefreshCw aria-hidden className={clsx(isAtWork && "animate-spin")} />
    </button>
  );
}
