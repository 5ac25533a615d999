import { serveIdentityProvider } from "./identity-provider";
import { startTrailport } from "./trailport-process";

/** One Trailport for the whole run of the tests, with an identity provider to sign in through. */
export default async function startForTests(): Promise<() => Promise<void>> {
  const { variables, close } = await serveIdentityProvider();
  Object.assign(process.env, variables);
  const { file, stop } = await startTrailport();
  process.env["TRAILPORT_E2E_START"] = file;
  return async () => {
    close();
    await stop();
  };
}
