/** Moves the focus to the group around `control`. Call it before removing the control, so that the focus is not lost. */
export function focusGroup(control: HTMLElement): void {
  control.closest<HTMLElement>("[role=group]")?.focus();
}
