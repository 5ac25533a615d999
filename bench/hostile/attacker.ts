import { constants, setPriority } from "node:os";
import { Attack } from "./attack";
import type { AttackName } from "./attack-list";
import { requestExports, downloadTogether } from "./attacks/exports";
import { sendMalformedBatches, sendNewActions } from "./attacks/batches";
import { sendSlowBodies, sendStalledBodies } from "./attacks/bodies";
import { callAnonymously, callAsVisitor } from "./attacks/calls";
import { sendLargeSchemas } from "./attacks/schemas";
import { openIdleSockets } from "./attacks/sockets";
import type { AttackerStart } from "./message-types";

const RUN: Record<AttackName, (attack: Attack) => Promise<void>> = {
  "stalled-bodies": sendStalledBodies,
  "slow-bodies": sendSlowBodies,
  "anonymous-calls": callAnonymously,
  "portal-calls": callAsVisitor,
  schemas: sendLargeSchemas,
  "malformed-batches": sendMalformedBatches,
  "new-actions": sendNewActions,
  "idle-sockets": openIdleSockets,
  exports: requestExports,
  downloads: downloadTogether,
};

// A real attacker has a machine of its own. This one may only use what the server and the victim leave.
setPriority(constants.priority.PRIORITY_LOW);
// The parent process passes it as JSON.
const start = JSON.parse(process.argv[2] ?? "") as AttackerStart;
const attack = new Attack(start.target);
process.on("disconnect", () => process.exit(0));
process.once("message", () => {
  attack.end();
  process.send?.(attack.responses, () => process.exit(0));
});
await RUN[start.attack](attack);
