import { z } from "zod";

/** Constraints of the FIS service model, API version 2020-12-01. */
const name = z.string().min(1).max(64).regex(/\S/);
const resourceType = z.string().min(1).max(128).regex(/^\S+$/);
const arn = z.string().min(20).max(2048);

/** Console exports write an empty list or object for what is not set; AWS takes it as absent. */
function emptyAsAbsent<T>(value: T): T | undefined {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return isEmpty ? undefined : value;
}

/** At most 50 tags; keys of AWS's own cannot be set. */
export const tags = z
  .record(
    z
      .string()
      .min(1)
      .max(128)
      .refine((key) => !key.startsWith("aws:"), "must not begin with aws:"),
    z.string().max(256),
  )
  .refine((value) => Object.keys(value).length <= 50, "must have at most 50 entries");

export const clientToken = z.string().min(1).max(1024).regex(/\S/).optional();

const selectionMode = /^(ALL|COUNT\([1-9]\d{0,8}\)|PERCENT\(([1-9]\d?|100)\))$/;

const target = z.strictObject({
  resourceType,
  resourceArns: z.array(arn).max(5).optional().transform(emptyAsAbsent),
  resourceTags: tags.optional().transform(emptyAsAbsent),
  filters: z
    .array(
      z.strictObject({
        path: z.string().min(1).max(256),
        values: z.array(z.string().min(1).max(128)),
      }),
    )
    .optional()
    .transform(emptyAsAbsent),
  selectionMode: z
    .string()
    .refine(
      (mode) => selectionMode.test(mode),
      "must be ALL, COUNT(n) or PERCENT(n), with n from 1 on",
    ),
  parameters: z.record(name, z.string().min(1).max(1024)).optional().transform(emptyAsAbsent),
});

const action = z.strictObject({
  actionId: z.string().min(1).max(128).regex(/^\S+$/),
  description: z.string().max(512).optional(),
  parameters: z
    .record(z.string().min(1).max(64), z.string().max(1024))
    .optional()
    .transform(emptyAsAbsent),
  targets: z.record(name, name).optional().transform(emptyAsAbsent),
  startAfter: z.array(name).optional().transform(emptyAsAbsent),
});

const stopCondition = z.strictObject({
  source: z.string().max(64),
  value: arn.optional(),
});

const logConfiguration = z.preprocess(
  emptyAsAbsent,
  z
    .strictObject({
      logSchemaVersion: z.int().min(1).max(2),
      cloudWatchLogsConfiguration: z.preprocess(
        emptyAsAbsent,
        z.strictObject({ logGroupArn: arn }).optional(),
      ),
      s3Configuration: z.preprocess(
        emptyAsAbsent,
        z
          .strictObject({
            bucketName: z.string().min(3).max(63),
            prefix: z.string().min(1).max(700).optional(),
          })
          .optional(),
      ),
    })
    .optional(),
);

const emptyTargetResolutionMode = z.enum(["fail", "skip"]).optional();

/** What CreateExperimentTemplate and UpdateExperimentTemplate have in common. */
const definition = {
  description: z.string().min(1).max(512),
  stopConditions: z.array(stopCondition).max(5),
  targets: z.record(name, target).default({}),
  actions: z.record(name, action),
  /** Only its length is checked: the role ARN of the tutorial is malformed and must pass. */
  roleArn: arn,
  logConfiguration,
  /** Refused by name; see `checkTemplate`. */
  experimentReportConfiguration: z.unknown().optional().transform(emptyAsAbsent),
};

export const createTemplateInput = z.strictObject({
  ...definition,
  clientToken,
  tags: tags.default({}),
  experimentOptions: z
    .strictObject({
      accountTargeting: z.enum(["single-account"]).optional(),
      emptyTargetResolutionMode,
    })
    .default({}),
});

export const updateTemplateInput = z
  .strictObject({
    ...definition,
    targets: definition.targets.removeDefault(),
    experimentOptions: z.strictObject({ emptyTargetResolutionMode }),
  })
  .partial();

export type Tags = z.infer<typeof tags>;
export type TemplateTarget = z.infer<typeof target>;
export type TemplateAction = z.infer<typeof action>;

/** What a template says, apart from its name and dates. */
export interface TemplateDefinition {
  readonly description: string;
  readonly stopConditions: readonly z.infer<typeof stopCondition>[];
  readonly targets: Readonly<Record<string, TemplateTarget>>;
  readonly actions: Readonly<Record<string, TemplateAction>>;
  readonly roleArn: string;
  readonly logConfiguration?: z.infer<typeof logConfiguration> | undefined;
  readonly experimentReportConfiguration?: unknown;
  readonly emptyTargetResolutionMode: "fail" | "skip";
}
