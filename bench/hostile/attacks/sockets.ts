import type { Attack } from "@/bench/hostile/attack";

const CONNECTIONS = 22_500;
/** Connections that are opened at a time. */
const GROUP = 200;

/** Opens connections and sends nothing, until the machine or the server allows no more; replaces those that are closed. */
export async function openIdleSockets(attack: Attack): Promise<void> {
  const open = () =>
    new Promise<string | null>((resolve) => {
      // A rejected connection is not replaced at once, or else the limit of this process would keep it busy.
      const socket = attack.connect(() => void open());
      socket.once("connect", () => resolve(null));
      socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  attack.begin();
  for (let opened = 0; opened < CONNECTIONS && attack.isRunning; opened += GROUP) {
    const results = await Promise.all(Array.from({ length: GROUP }, open));
    if (results.includes("EMFILE")) break;
  }
}
