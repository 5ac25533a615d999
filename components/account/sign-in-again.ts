/** Begins a session with a password that was set a moment ago; whether that went well. Loaded only then. */
export async function signInAgain(email: string, password: string): Promise<boolean> {
  const { signIn } = await import("next-auth/react");
  const answer = await signIn("credentials", { redirect: false, email, password }).catch(() => undefined);
  return answer?.ok === true && !answer.error;
}
