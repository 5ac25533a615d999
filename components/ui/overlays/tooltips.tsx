"use client";

import { useEffect, useState } from "react";
import { lazy } from "@/components/ui/lazy";

const TooltipPanel = lazy(() => import("./tooltip-panel"));

/** Milliseconds for which the pointer rests before a tip comes, and after which it goes: long enough to move onto it. */
const REST = 400;
const GRACE = 150;

const TIPPED = "[data-tip], [data-tip-cut]";

export interface Tip {
  readonly target: HTMLElement;
  readonly text: string;
}

/**
 * Shows a word about what the pointer rests on or the keyboard has come to: the text of `data-tip`, or what is cut off of
 * an element with `data-tip-cut`. One for all, so that a thousand cells of a table need nothing of their own.
 */
export function Tooltips() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** What the next tip is about, or the tip itself while the pointer is on it. */
    let over: HTMLElement | null = null;
    /** Whether it was a key that brought the focus: where a page or a dialog puts it by itself, nobody asks what it is on. */
    let isKeyed = false;
    const turnTo = (target: HTMLElement | null, delay: number) => {
      clearTimeout(timer);
      over = target;
      timer = setTimeout(() => setTip(target && tipOf(target)), delay);
    };
    const onPointerMove = ({ target, pointerType, clientX, clientY }: PointerEvent) => {
      if (pointerType === "touch" || !(target instanceof Element)) return;
      const shown = target.closest<HTMLElement>("[data-tooltip]");
      if (shown) {
        clearTimeout(timer);
        over = shown;
        return;
      }
      const next = target.closest<HTMLElement>(TIPPED) ?? beneathLink(target, clientX, clientY);
      if (next !== over) turnTo(next, next ? REST : GRACE);
    };
    const onFocus = ({ target }: FocusEvent) => {
      if (!isKeyed || !(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
      const within = [target, ...target.querySelectorAll<HTMLElement>("[data-tip-cut]")];
      const cut = within.find((each) => "tipCut" in each.dataset && isCut(each));
      turnTo(target.closest<HTMLElement>("[data-tip]") ?? cut ?? null, 0);
    };
    const hide = ({ type }: Event) => {
      if (type === "keydown" || type === "pointerdown") isKeyed = type === "keydown";
      turnTo(null, 0);
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

/** Where a link covers its whole row: what lies there in the row beneath it. */
function beneathLink(target: Element, x: number, y: number): HTMLElement | null {
  const row = target.matches("a") ? target.closest("[role=row]") : null;
  if (!row) return null;
  const beneath = document.elementsFromPoint(x, y).filter((each) => row.contains(each));
  return beneath.find((each): each is HTMLElement => each instanceof HTMLElement && each.matches(TIPPED)) ?? null;
}

function tipOf(target: HTMLElement): Tip | null {
  const text = target.dataset["tip"] ?? (isCut(target) ? target.textContent : "");
  return target.isConnected && text !== "" ? { target, text } : null;
}

/** Whether not all of its text is in sight. */
function isCut({ scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollWidth > clientWidth || scrollHeight > clientHeight + 1;
}
