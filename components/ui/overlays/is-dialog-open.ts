/** Whether a dialog or a drawer lies above the page, so that keys are not meant for what is below. */
export function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}
