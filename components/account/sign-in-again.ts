/** Signs in with a password that was just set. Returns false if that failed. Loads next-auth only when called. */
export async function signInAgain(email: string, password: string): Promise<boolean> {
  const { signIn } = await import("next-auth/react");
  const result = await signIn("credentials", { redirect: false, email, password }).catch(() => undefined);
  return result?.ok === true && !result.error;
}
