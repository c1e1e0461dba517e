/**
 * @returns the environment variable, which must be there and not empty.
 * @throws Error naming the variable.
 */
export function requireEnvironment(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`The environment variable ${name} is not set. Set it on the function.`);
}

/** @returns the environment variable, or undefined when it is not set or empty. */
export function optionalEnvironment(name: string): string | undefined {
  return process.env[name] || undefined;
}
