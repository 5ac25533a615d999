import { serveIdentityProvider } from "./identity-provider";

/** Starts the identity provider that all Trailports of the run offer for sign-in. Returns the teardown. */
export default async function setUp(): Promise<() => void> {
  const { variables, close } = await serveIdentityProvider();
  Object.assign(process.env, variables);
  return close;
}
