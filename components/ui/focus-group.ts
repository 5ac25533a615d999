/** Gives the focus to the group that `control` is in, since the control is about to go. */
export function focusGroup(control: HTMLElement): void {
  control.closest<HTMLElement>("[role=group]")?.focus();
}
