import { RefusedError } from "./refused-error.ts";

/** Where a program's resources are created that says nothing of a region. */
const DEFAULT_REGION = "us-east-1";

/** The configuration that every program is given besides its own: the emulated AWS has a region. */
export function withDefaultRegion(
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { "aws:region": DEFAULT_REGION, ...config };
}

/**
 * Inputs of the provider of resources that the program gives none: region and default tags of the
 * stack's configuration (`aws:region`, `aws:defaultTags`). Profiles, roles and keys are left out: an
 * emulated AWS takes any, and a real one is never called.
 *
 * @throws RefusedError where the stack forbids it (`pulumi:disable-default-providers`)
 */
export function defaultProviderInputs(
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const disabled = config["pulumi:disable-default-providers"];
  if (disabled !== undefined && /"(aws|\*)"/.test(disabled))
    throw new RefusedError(
      "it has no explicit provider, and this stack disables the default one " +
        "(pulumi:disable-default-providers): give it one, or a parent that has one.",
    );
  const defaultTags = config["aws:defaultTags"];
  return {
    region: config["aws:region"] ?? DEFAULT_REGION,
    accessKey: "test",
    secretKey: "test",
    ...(defaultTags !== undefined && { defaultTags }),
    skipCredentialsValidation: "true",
  };
}
