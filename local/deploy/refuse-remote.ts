import type providerProtocol from "@pulumi/pulumi/proto/provider_pb.js";
import type protocol from "@pulumi/pulumi/proto/resource_pb.js";
import { componentTypes } from "./components/component-types.ts";
import {
  componentInputs,
  type ComponentMonitor,
  constructComponent,
  findIn,
} from "./components/construct-component.ts";
import { deploymentError } from "./deployment-error.ts";
import type { ProblemCollector } from "./problem-collector.ts";
import type { PulumiSdk } from "./pulumi-sdk.ts";
import { RefusedError } from "./refused-error.ts";

type Callback = (error: Error | null, answer?: object) => void;
type Method<Question> = (question: Question, callback: Callback) => unknown;

/** What Pulumi's runtime calls of an engine, as far as it is looked at here. */
interface Monitor extends ComponentMonitor {
  newUrn(parent: string, type: string, name: string): string;
  call?: Method<protocol.ResourceCallRequest>;
  registerResourceHook?: Method<protocol.RegisterResourceHookRequest>;
  registerErrorHook?: Method<protocol.RegisterErrorHookRequest>;
}

/**
 * Makes the monitor of the running program refuse what it cannot carry out and would otherwise answer
 * as if it had: remote components, whose resources a plugin creates (`Construct`), methods of such
 * components (`Call`), and hooks. Components that the engine knows itself are created.
 *
 * @param problems hears of each
 */
export function refuseRemote(sdk: PulumiSdk, problems: ProblemCollector): void {
  const monitor = sdk.pulumi.runtime.getMonitor() as unknown as Monitor;

  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    if (!request.getRemote()) return registerResource(request, callback);
    const [name, type] = [request.getName(), request.getType()];
    const component = componentTypes.get(type);
    const refused = component?.problemsOf(componentInputs(request, monitor), findIn(monitor)) ?? [
      "it is a remote component, whose resources a plugin creates, and the in-process engine runs " +
        "no plugins: declare its resources with @pulumi/aws, or use the Pulumi CLI (pulumi up).",
    ];
    for (const reason of refused)
      problems.add(deploymentError({ name, type }, new RefusedError(reason)));
    if (component !== undefined && !problems.hasProblems) {
      constructComponent(component, request, monitor, registerResource).then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)));
        },
      );
      return undefined;
    }
    const response = new sdk.protocol.RegisterResourceResponse();
    response.setUrn(monitor.newUrn(request.getParent(), type, name));
    callback(null, response);
    return undefined;
  };

  monitor.call = (request, callback) => {
    problems.add(
      new RefusedError([
        {
          part: `the call of ${request.getTok()}`,
          reason:
            `The program calls ${request.getTok()}, a method of a component in a plugin, which the ` +
            "in-process engine does not run: use the Pulumi CLI (pulumi up).",
        },
      ]),
    );
    callback(null, new (sdk.providerProtocol as typeof providerProtocol).CallResponse());
  };

  monitor.registerResourceHook = monitor.registerErrorHook = (request, callback) => {
    problems.add(
      new RefusedError([
        {
          part: `the hook ${request.getName()}`,
          reason: `The program has the hook ${request.getName()}, which the in-process engine does not run.`,
        },
      ]),
    );
    callback(null, {});
  };
}
