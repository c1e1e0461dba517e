import type { z } from "zod";
import type { AwsProvider } from "./aws-provider.ts";
import type { Refusal } from "./refused-error.ts";

/** What a resource is created with besides its inputs. */
export interface CreateContext {
  /** Logical name, from which a physical one is made where the program gives none. */
  readonly name: string;
  readonly provider: AwsProvider;
  /** The region of this resource: its own `region` input, or else its provider's. */
  readonly region: string;
}

/** A resource as the real provider would report it. Inputs that are not here are kept as given. */
export interface CreatedResource {
  readonly id: string;
  readonly state: Readonly<Record<string, unknown>>;
}

/** What a deployment decides for all of its resources. */
export interface EndpointOptions {
  /** Whether the endpoint runs functions of runtimes that AWS has ended. */
  readonly runOldRuntimes: boolean;
}

/** How one resource type of `@pulumi/aws` is created through the AWS API. */
export interface ResourceType {
  /**
   * Every input that `create` applies, down to the inputs of blocks; any other is refused by name.
   * Blocks are strict objects, so that none of their inputs is dropped without a word.
   */
  readonly inputs: z.ZodObject;
  /** What of the inputs is refused beyond their schema; they may be of any form, or not known yet. */
  refuse?(inputs: Readonly<Record<string, unknown>>, options: EndpointOptions): readonly Refusal[];
  /** Takes what `inputs` has checked. Throws the service's own error. */
  create(inputs: unknown, context: CreateContext): Promise<CreatedResource>;
}

/** Ties the checked inputs to the type that `create` sees. */
export function resourceType<Schema extends z.ZodObject>(
  inputs: Schema,
  create: (inputs: z.infer<Schema>, context: CreateContext) => Promise<CreatedResource>,
  refuse?: ResourceType["refuse"],
): ResourceType {
  return {
    inputs,
    ...(refuse && { refuse }),
    create: (checked, context) => create(checked as z.infer<Schema>, context),
  };
}
