"use client";

import { useEffect, useState } from "react";
import { lazy } from "@/components/ui/lazy";
import type { Tip } from "./tooltip-panel";

const TooltipPanel = lazy(() => import("./tooltip-panel"));

const SHOW_DELAY_MS = 400;
/** Long enough to move the pointer onto the tip. */
const HIDE_DELAY_MS = 150;

const HAS_TIP = "[data-tip], [data-tip-truncated]";

/**
 * Shows a tooltip for the element under the pointer or with keyboard focus: the text of `data-tip`, or the full text of an
 * element with `data-tip-truncated` that is truncated. One listener serves the whole page, so that a thousand table cells need
 * no tooltip code of their own.
 */
export function Tooltips() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** The target of the next tip, or the tip itself while the pointer is on it. */
    let hovered: HTMLElement | null = null;
    /** Whether the last input was a key. A page or dialog that moves focus by itself should not open a tip. */
    let isKeyboard = false;
    const schedule = (target: HTMLElement | null, delay: number) => {
      clearTimeout(timer);
      hovered = target;
      timer = setTimeout(() => setTip(target && tipOf(target)), delay);
    };
    const onPointerMove = ({ target, pointerType, clientX, clientY }: PointerEvent) => {
      if (pointerType === "touch" || !(target instanceof Element)) return;
      const shown = target.closest<HTMLElement>("[data-tooltip]");
      if (shown) {
        clearTimeout(timer);
        hovered = shown;
        return;
      }
      const next = target.closest<HTMLElement>(HAS_TIP) ?? targetBelowLink(target, clientX, clientY);
      if (next !== hovered) schedule(next, next ? SHOW_DELAY_MS : HIDE_DELAY_MS);
    };
    const onFocus = ({ target }: FocusEvent) => {
      if (!isKeyboard || !(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
      const within = [target, ...target.querySelectorAll<HTMLElement>("[data-tip-truncated]")];
      const truncated = within.find((each) => "tipTruncated" in each.dataset && isTruncated(each));
      schedule(target.closest<HTMLElement>("[data-tip]") ?? truncated ?? null, 0);
    };
    const hide = ({ type }: Event) => {
      if (type === "keydown" || type === "pointerdown") isKeyboard = type === "keydown";
      schedule(null, 0);
    };
    const controller = new AbortController();
    const options = { signal: controller.signal, capture: true, passive: true };
    document.addEventListener("pointermove", onPointerMove, options);
    document.addEventListener("focusin", onFocus, options);
    for (const type of ["focusout", "pointerdown", "keydown", "scroll"]) document.addEventListener(type, hide, options);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, []);
  return tip && <TooltipPanel tip={tip} onClose={() => setTip(null)} />;
}

/** Finds the element below a link that covers its whole table row. */
function targetBelowLink(target: Element, x: number, y: number): HTMLElement | null {
  const row = target.matches("a") ? target.closest("[role=row]") : null;
  if (!row) return null;
  const below = document.elementsFromPoint(x, y).filter((each) => row.contains(each));
  return below.find((each): each is HTMLElement => each instanceof HTMLElement && each.matches(HAS_TIP)) ?? null;
}

function tipOf(target: HTMLElement): Tip | null {
  const text = target.dataset["tip"] ?? (isTruncated(target) ? target.textContent : "");
  return target.isConnected && text !== "" ? { target, text } : null;
}

function isTruncated({ scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollWidth > clientWidth || scrollHeight > clientHeight + 1;
}
