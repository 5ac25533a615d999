/** Whether a process of that number exists, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // process.kill throws the system's error: EPERM means that it exists and is another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
