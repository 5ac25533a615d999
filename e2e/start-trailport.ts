import { startTrailport } from "./trailport-process";

/** One Trailport for the whole run of the tests. */
export default async function startForTests(): Promise<() => Promise<void>> {
  const { file, stop } = await startTrailport();
  process.env["TRAILPORT_E2E_START"] = file;
  return stop;
}
