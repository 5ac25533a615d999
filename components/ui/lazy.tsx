"use client";

import { useEffect, useState, type ComponentType } from "react";

interface Loaded<Props> {
  readonly default: ComponentType<Props>;
}

/**
 * Creates a component whose code is fetched on first render, or earlier by `preload`. Unlike `React.lazy`, a component that
 * has been fetched renders immediately, and it needs no Suspense boundary. Suspense reveals new content only after a third
 * of a second, which is too slow for a menu.
 */
export function lazy<Props extends object>(load: () => Promise<Loaded<Props>>) {
  let loaded: Loaded<Props> | null = null;
  const fetch = async () => (loaded ??= await load());

  function Lazy(props: Props) {
    const [state, setState] = useState<Loaded<Props> | { readonly failure: unknown } | null>(loaded);
    useEffect(() => {
      if (state) return;
      let isUnmounted = false;
      fetch().then(
        (module) => !isUnmounted && setState(module),
        (failure: unknown) => !isUnmounted && setState({ failure }),
      );
      return () => {
        isUnmounted = true;
      };
    }, [state]);
    if (!state) return null;
    // The error page catches this and offers to try again.
    if ("failure" in state) throw state.failure;
    return <state.default {...props} />;
  }

  /** Fetches the code ahead of time. A failure is ignored here and surfaces when the component renders. */
  const preload = () => void fetch().catch(() => undefined);
  return Object.assign(Lazy, { preload });
}
