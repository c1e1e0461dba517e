import type { ComponentType } from "./component-type.ts";
import { restApiComponent } from "./rest-api/rest-api-component.ts";

/** Type token → how its resources are created: every remote component that is not refused. */
export const componentTypes: ReadonlyMap<string, ComponentType> = new Map([
  ["aws-apigateway:index:RestAPI", restApiComponent],
]);
