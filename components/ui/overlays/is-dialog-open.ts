/** Tells whether a dialog or drawer is open, so that keyboard shortcuts of the page below should not act. */
export function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}
