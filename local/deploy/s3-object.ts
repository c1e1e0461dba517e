import { CopyObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { Archive, Asset } from "./from-wire.ts";
import { bytesOf, zipOf } from "./pulumi-archive.ts";
import { refuseArchive } from "./refuse-archive.ts";
import type { Refusal } from "./refused-error.ts";
import { resourceType } from "./resource-type.ts";
import { tagMap } from "./schemas.ts";

const settings = {
  acl: z.string().optional(),
  bucketKeyEnabled: z.boolean().optional(),
  cacheControl: z.string().optional(),
  contentDisposition: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentLanguage: z.string().optional(),
  contentType: z.string().optional(),
  /** Matters to deletion only. */
  forceDestroy: z.boolean().optional(),
  kmsKeyId: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  serverSideEncryption: z.string().optional(),
  storageClass: z.string().optional(),
  tags: tagMap.optional(),
  websiteRedirect: z.string().optional(),
};

type Settings = z.infer<z.ZodObject<typeof settings>>;

/** An object of a bucket, from a text, base64, a file or an archive. */
export const bucketObject = resourceType(
  z.strictObject({
    ...settings,
    bucket: z.string(),
    checksumAlgorithm: z.string().optional(),
    content: z.string().optional(),
    contentBase64: z.string().optional(),
    /** Tell the real provider when to upload again; a new object is always uploaded. */
    etag: z.string().optional(),
    sourceHash: z.string().optional(),
    key: z.string().optional(),
    source: z.unknown().optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const { bucket: Bucket, key: Key = name } = inputs;
    const tagsAll = provider.tagsAll(inputs.tags);
    const put = await provider.client(S3Client, region).send(
      new PutObjectCommand({
        ...{ Bucket, Key, Body: await bodyOf(inputs), ...settingsOf(inputs, tagsAll) },
        ChecksumAlgorithm: inputs.checksumAlgorithm as "CRC32" | undefined,
      }),
    );
    return {
      id: Key,
      state: {
        key: Key,
        arn: `arn:aws:s3:::${Bucket}/${Key}`,
        contentType: inputs.contentType ?? defaultContentType,
        etag: put.ETag?.replaceAll('"', ""),
        serverSideEncryption: put.ServerSideEncryption,
        storageClass: inputs.storageClass ?? "STANDARD",
        versionId: put.VersionId ?? "",
        tagsAll,
      },
    };
  },
  ({ source, content, contentBase64 }) => {
    const given = [source, content, contentBase64].filter((each) => each !== undefined);
    const several: Refusal[] =
      given.length > 1
        ? [
            {
              part: 'the inputs "source", "content" and "contentBase64"',
              reason:
                'only one of the inputs "source", "content" and "contentBase64" can be given.',
            },
          ]
        : [];
    return [...several, ...refuseSource(source)];
  },
);

/** The real provider's own. Source: Terraform AWS provider documentation, aws_s3_object. */
const defaultContentType = "application/octet-stream";

function refuseSource(source: unknown): readonly Refusal[] {
  // An asset is an archive of one file to the check.
  return source instanceof Asset
    ? refuseArchive("source", new Archive({ assets: { file: source } }))
    : refuseArchive("source", source);
}

async function bodyOf({
  content,
  contentBase64,
  source,
}: {
  content?: string | undefined;
  contentBase64?: string | undefined;
  source?: unknown;
}): Promise<Uint8Array> {
  if (source instanceof Asset) return bytesOf(source);
  if (source instanceof Archive) return zipOf(source);
  return contentBase64 === undefined
    ? Buffer.from(content ?? "")
    : Buffer.from(contentBase64, "base64");
}

function settingsOf(inputs: Settings, tagsAll: Readonly<Record<string, string>>) {
  return {
    ACL: inputs.acl as "private" | undefined,
    BucketKeyEnabled: inputs.bucketKeyEnabled,
    CacheControl: inputs.cacheControl,
    ContentDisposition: inputs.contentDisposition,
    ContentEncoding: inputs.contentEncoding,
    ContentLanguage: inputs.contentLanguage,
    ContentType: inputs.contentType ?? defaultContentType,
    Metadata: inputs.metadata,
    SSEKMSKeyId: inputs.kmsKeyId,
    ServerSideEncryption: inputs.serverSideEncryption as "AES256" | undefined,
    StorageClass: inputs.storageClass as "STANDARD" | undefined,
    WebsiteRedirectLocation: inputs.websiteRedirect,
    ...(Object.keys(tagsAll).length > 0 && { Tagging: new URLSearchParams(tagsAll).toString() }),
  };
}

export const objectCopy = resourceType(
  z.strictObject({
    ...settings,
    bucket: z.string(),
    key: z.string(),
    source: z.string(),
    metadataDirective: z.enum(["COPY", "REPLACE"]).optional(),
    taggingDirective: z.enum(["COPY", "REPLACE"]).optional(),
  }),
  async (inputs, { provider, region }) => {
    const { bucket: Bucket, key: Key } = inputs;
    const tagsAll = provider.tagsAll(inputs.tags);
    const copied = await provider.client(S3Client, region).send(
      new CopyObjectCommand({
        ...{ Bucket, Key, ...settingsOf(inputs, tagsAll) },
        ContentType: inputs.contentType,
        CopySource: inputs.source.split("/").map(encodeURIComponent).join("/"),
        MetadataDirective: inputs.metadataDirective,
        TaggingDirective: inputs.taggingDirective,
      }),
    );
    return {
      id: Key,
      state: {
        arn: `arn:aws:s3:::${Bucket}/${Key}`,
        etag: copied.CopyObjectResult?.ETag?.replaceAll('"', ""),
        versionId: copied.VersionId ?? "",
        tagsAll,
      },
    };
  },
);
