import { z } from "zod";
import type { RestOperation } from "../../rest-json-service.ts";
import { notFoundError } from "../errors.ts";
import { validateLease } from "../experiment-lease.ts";
import type { Experiment } from "../experiment-store.ts";
import type { FisContext } from "../fis-context.ts";
import { readInput } from "../read-input.ts";
import { tags, type Tags } from "../template-schema.ts";
import { experimentArn, templateArn } from "../views.ts";

const tagInput = z.strictObject({ tags });

/** The ARN is percent-encoded by SDKs, slash and all, and may also come as it is. */
const path = "/tags/{resourceArn+}";

export function tagOperations(context: FisContext): RestOperation[] {
  const { accountId, templates, experiments, leases } = context;

  function find(region: string, arn = ""): { tags: Tags } {
    const id = arn.slice(arn.lastIndexOf("/") + 1);
    const template = templates.list(region).find((each) => each.id === id);
    if (template && templateArn(template, accountId) === arn) return template;
    const experiment = experiments.list(region).find((each) => each.id === id);
    if (experiment && experimentArn(experiment, accountId) === arn) return experiment;
    throw notFoundError(`Resource ${arn} not found.`);
  }

  /** An experiment's lease is one of its tags. */
  function setTags(resource: { tags: Tags }, changed: Tags): void {
    const experiment = experiments.find((resource as Partial<Experiment>).id ?? "");
    if (experiment) validateLease(changed);
    resource.tags = changed;
    if (experiment) leases.watch(experiment);
  }

  return [
    {
      name: "TagResource",
      method: "POST",
      path,
      run({ params, body }, { region }) {
        const resource = find(region, params["resourceArn"]);
        const added = readInput(body, tagInput).tags;
        setTags(resource, readInput({ tags: { ...resource.tags, ...added } }, tagInput).tags);
        return {};
      },
    },
    {
      name: "UntagResource",
      method: "DELETE",
      path,
      run({ params, query }, { region }) {
        const resource = find(region, params["resourceArn"]);
        const keys = query.getAll("tagKeys");
        setTags(
          resource,
          Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !keys.includes(key))),
        );
        return {};
      },
    },
    {
      name: "ListTagsForResource",
      method: "GET",
      path,
      run: ({ params }, { region }) => ({ tags: find(region, params["resourceArn"]).tags }),
    },
  ];
}
