"use client";

import { useEffect, useState, type ComponentType } from "react";

interface Loaded<Props> {
  readonly default: ComponentType<Props>;
}

/**
 * A component whose code is fetched when it is first rendered, or before that by `preload`. Unlike `React.lazy` it is
 * there in the same render once it has been fetched, and needs no Suspense, which shows what has come in only after a
 * third of a second: too slow for a menu.
 */
export function late<Props extends object>(load: () => Promise<Loaded<Props>>) {
  let loaded: Loaded<Props> | null = null;
  const fetch = async () => (loaded ??= await load());

  function Late(props: Props) {
    const [state, setState] = useState<Loaded<Props> | { readonly failure: unknown } | null>(loaded);
    useEffect(() => {
      if (state) return;
      let isGone = false;
      fetch().then(
        (module) => !isGone && setState(module),
        (failure: unknown) => !isGone && setState({ failure }),
      );
      return () => {
        isGone = true;
      };
    }, [state]);
    if (!state) return null;
    // To the error page, which offers to try again.
    if ("failure" in state) throw state.failure;
    return <state.default {...props} />;
  }

  /** For when it is likely to be needed; whether it fails shows when it is. */
  const preload = () => void fetch().catch(() => undefined);
  return Object.assign(Late, { preload });
}
