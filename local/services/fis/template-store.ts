import { notFoundError, quotaError } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Tags, TemplateDefinition } from "./template-schema.ts";

/** FIS quotas. */
const mostTemplates = 500;

export interface Template {
  readonly id: string;
  readonly region: string;
  /** Sorts templates in the order of their creation. */
  readonly key: string;
  definition: TemplateDefinition;
  tags: Tags;
  readonly creationTime: Date;
  lastUpdateTime: Date;
}

export interface TemplateStore {
  /** Throws ServiceQuotaExceededException at 500 templates in the region. */
  create(region: string, definition: TemplateDefinition, tags: Tags): Template;
  /** Throws ResourceNotFoundException. */
  get(region: string, id: string): Template;
  delete(template: Template): void;
  list(region: string): Template[];
}

export function createTemplateStore(): TemplateStore {
  const templates = new Map<string, Template>();
  let created = 0;
  const list = (region: string) =>
    [...templates.values()].filter((template) => template.region === region);
  return {
    create(region, definition, tags) {
      if (list(region).length >= mostTemplates)
        throw quotaError(`There are ${String(mostTemplates)} experiment templates; delete some.`);
      const now = new Date();
      const template: Template = {
        id: newId("EXT"),
        region,
        key: toSortKey(created++),
        definition,
        tags,
        creationTime: now,
        lastUpdateTime: now,
      };
      templates.set(template.id, template);
      return template;
    },
    get(region, id) {
      const template = templates.get(id);
      if (template?.region === region) return template;
      throw notFoundError(`Experiment template ${id} not found.`);
    },
    delete(template) {
      templates.delete(template.id);
    },
    list,
  };
}

/** A number as text that sorts as the number does. */
export function toSortKey(number: number): string {
  return String(number).padStart(16, "0");
}
