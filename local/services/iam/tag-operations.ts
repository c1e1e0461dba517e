import { required } from "../query-service.ts";
import { roleNameOf } from "./iam-input.ts";
import type { IamOperation } from "./iam-operation.ts";
import { ownPolicy } from "./own-policy.ts";
import { pageOf } from "./page.ts";
import { readTags, removeTags, setTags, tagList } from "./tags.ts";

/** Source: IAM API 2010-05-08. */
export const tagOperations: Readonly<Record<string, IamOperation>> = {
  TagRole(input, store) {
    setTags(store.role(roleNameOf(input)).tags, readTags(input));
    return undefined;
  },

  UntagRole(input, store) {
    removeTags(store.role(roleNameOf(input)).tags, input);
    return undefined;
  },

  ListRoleTags(input, store) {
    const { items, paging } = pageOf(input, [...store.role(roleNameOf(input)).tags]);
    return { Tags: tagList(new Map(items)), ...paging };
  },

  TagPolicy(input, store) {
    setTags(ownPolicy(input, store, "TagPolicy").tags, readTags(input));
    return undefined;
  },

  UntagPolicy(input, store) {
    removeTags(ownPolicy(input, store, "UntagPolicy").tags, input);
    return undefined;
  },

  ListPolicyTags(input, store) {
    const policy = store.policy(required(input, "PolicyArn"));
    const { items, paging } = pageOf(input, [...policy.tags]);
    return { Tags: tagList(new Map(items)), ...paging };
  },
};
