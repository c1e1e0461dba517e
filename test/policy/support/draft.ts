import type { Form } from "../../../policy/evaluate/evaluate-program.ts";
import { providerState, UNKNOWN_VALUE } from "../../../policy/evaluate/provider-state.ts";
import type {
  RecordedResource,
  WireProperties,
} from "../../../policy/evaluate/recorded-resource.ts";

import { without } from "./analyze.ts";

/** A recorded program to change: one thing at a time, as a developer might. */
export class Draft {
  readonly form: Form;
  private readonly resources: RecordedResource[];

  constructor(form: Form, resources: readonly RecordedResource[]) {
    this.form = form;
    this.resources = resources.map((resource) => ({ ...resource }));
  }

  /** Gives a resource other inputs. */
  set(name: string, inputs: WireProperties): this {
    const { resource, index } = this.find(name);
    return this.put(index, { ...resource, inputs: { ...resource.inputs, ...inputs } });
  }

  /** Gives a resource an input that a preview does not know, because it depends on others. */
  setLate(name: string, property: string, value: unknown): this {
    return this.set(name, { [property]: this.late(value) });
  }

  /** Takes an input away. */
  unset(name: string, property: string): this {
    const { resource, index } = this.find(name);
    if (!(property in resource.inputs)) throw new Error(`${name} has no input ${property}.`);
    const { [property]: dependencies = [], ...others } = resource.propertyDependencies;
    const propertyDependencies = dependencies.length > 0 ? others : resource.propertyDependencies;
    const inputs = without(resource.inputs, property);
    return this.put(index, { ...resource, inputs, propertyDependencies });
  }

  /** Adds a resource beside another one, with that one's provider and parent. */
  add(beside: string, type: string, name: string, inputs: WireProperties): this {
    const { resource, index } = this.find(beside);
    const urn = resource.urn.replace(/[^:]+:[^:]+:[^:]+::[^:]+$/, `${type}::${name}`);
    this.resources.splice(index, 0, { ...resource, urn, type, name, propertyDependencies: {} });
    return this.put(index, { ...this.find(name).resource, inputs });
  }

  /** Says on which resources an input depends. */
  depend(name: string, property: string, ...names: string[]): this {
    const { resource, index } = this.find(name);
    const urns = names.map((other) => this.find(other).resource.urn);
    const propertyDependencies = { ...resource.propertyDependencies, [property]: urns };
    this.resources[index] = { ...resource, propertyDependencies };
    return this;
  }

  /** A value that a preview does not know. */
  late(value: unknown): unknown {
    return this.form === "preview" ? UNKNOWN_VALUE : value;
  }

  /** Takes a resource away. */
  remove(name: string): this {
    this.resources.splice(this.find(name).index, 1);
    return this;
  }

  /** Gives a component other outputs. */
  publish(name: string, outputs: WireProperties): this {
    const { resource } = this.find(name);
    resource.outputs = { ...resource.outputs, ...outputs };
    return this;
  }

  /** Takes an output away from a component. */
  conceal(name: string, output: string): this {
    const { resource } = this.find(name);
    resource.outputs = without(resource.outputs, output);
    return this;
  }

  done(): readonly RecordedResource[] {
    return this.resources;
  }

  private find(name: string) {
    const index = this.resources.findIndex((resource) => resource.name === name);
    const resource = this.resources[index];
    if (resource === undefined) throw new Error(`The program has no resource ${name}.`);
    return { resource, index };
  }

  /** As the provider would answer the inputs. */
  private put(index: number, resource: RecordedResource): this {
    const { type, name, inputs } = resource;
    const computed = Object.entries(providerState(type, name, inputs));
    const answered = computed.map(([key, value]) => [
      key,
      this.form === "preview" ? UNKNOWN_VALUE : value,
    ]);
    this.resources[index] = {
      ...resource,
      outputs: { ...(Object.fromEntries(answered) as WireProperties), ...inputs },
    };
    return this;
  }
}
