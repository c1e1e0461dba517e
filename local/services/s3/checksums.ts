import { AwsError } from "../../wire/aws-error.ts";
import { type ChecksumAlgorithm, checksumAlgorithms, digestOf } from "./digest.ts";
import { invalidRequest } from "./errors.ts";

/** Member of an object's inputs and outputs, such as `ChecksumCRC32`. */
export type ChecksumMember = `Checksum${ChecksumAlgorithm}`;

/** One checksum of an object. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; of an object in parts that is no checksum of the whole with `-N` behind it. */
  readonly value: string;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
}

export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return (checksumAlgorithms as readonly string[]).includes(name);
}

/** What an upload says of its checksum: its members, what came behind its body, and its algorithm. */
export interface DeclaredChecksum {
  readonly input: Readonly<Partial<Record<ChecksumMember, string | undefined>>>;
  readonly trailers: Readonly<Record<string, string>>;
  /** Of `x-amz-sdk-checksum-algorithm`, or of the upload that a part is of. */
  readonly algorithm?: string | undefined;
}

/**
 * The checksum that an object is kept with: the one that the upload gives, compared with the body; else
 * one by the algorithm that it names; else S3's own, CRC64NVME.
 *
 * @throws AwsError BadDigest (400) where the body has another, InvalidRequest for several
 */
export async function checkedChecksum(body: Buffer, declared: DeclaredChecksum): Promise<Checksum> {
  const given = givenChecksums(declared);
  if (given.length > 1)
    throw invalidRequest(
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  const [first] = given;
  const algorithm = first?.algorithm ?? declared.algorithm ?? "CRC64NVME";
  if (!isChecksumAlgorithm(algorithm))
    throw invalidRequest(
      `The checksum algorithm ${algorithm} is not supported here; use one of ${checksumAlgorithms.join(", ")}.`,
    );
  const value = await digestOf(algorithm, body);
  if (first && first.value !== value)
    throw new AwsError(
      "BadDigest",
      `The ${algorithm} you specified did not match the calculated checksum.`,
    );
  return { algorithm, value, type: "FULL_OBJECT" };
}

function givenChecksums({ input, trailers }: DeclaredChecksum) {
  return checksumAlgorithms.flatMap((algorithm) => {
    const value =
      input[`Checksum${algorithm}`] ?? trailers[`x-amz-checksum-${algorithm.toLowerCase()}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
}

/** A checksum as the members of an output. */
export function checksumMembers(checksum: Checksum | undefined): Record<string, string> {
  return checksum === undefined
    ? {}
    : { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}
