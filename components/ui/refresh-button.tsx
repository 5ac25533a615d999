import clsx from "clsx";
import { RefreshCw } from "lucide-react";
import { buttonStyle } from "./button";

interface RefreshButtonProps {
  readonly isLoading: boolean;
  readonly onClick: () => void;
}

/** Reloads a list. */
export function RefreshButton({ isLoading, onClick }: RefreshButtonProps) {
  return (
    <button
      type="button"
      aria-label="Refresh"
      title="Refresh"
      className={buttonStyle("quiet", "icon")}
      onClick={onClick}
    >
      <RefreshCw aria-hidden className={clsx(isLoading && "animate-spin")} />
    </button>
  );
}
