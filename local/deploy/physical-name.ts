import { randomBytes } from "node:crypto";

/**
 * The name of a resource in the cloud: the one that the program gives, or, as Pulumi names
 * resources itself, the logical name with seven random hexadecimal digits.
 */
export function physicalName(
  logicalName: string,
  given: { name?: string | undefined; namePrefix?: string | undefined },
): string {
  const random = randomBytes(4).toString("hex").slice(0, 7);
  if (given.name !== undefined) {
    return given.name;
  }
  return given.namePrefix === undefined ? `${logicalName}-${random}` : given.namePrefix + random;
}
