import * as pulumi from "@pulumi/pulumi";
import providerProtocol from "@pulumi/pulumi/proto/provider_pb.js";
import protocol from "@pulumi/pulumi/proto/resource_pb.js";
import { componentTypes } from "./components/component-types.ts";
import {
  componentInputs,
  type ComponentMonitor,
  constructComponent,
  findIn,
} from "./components/construct-component.ts";

type Callback = (error: Error | null, answer?: object) => void;
type Method<Question> = (question: Question, callback: Callback) => unknown;

/** What Pulumi's runtime calls of an engine, as far as it is looked at here. */
interface Monitor extends ComponentMonitor {
  registerResourceOutputs: Method<protocol.RegisterResourceOutputsRequest>;
  call?: Method<protocol.ResourceCallRequest>;
  registerResourceHook?: Method<protocol.RegisterResourceHookRequest>;
  registerErrorHook?: Method<protocol.RegisterErrorHookRequest>;
}

/**
 * Makes the mock monitor of the running program refuse what it cannot carry out and would otherwise
 * answer as if it had: remote components, whose resources a plugin creates (`Construct`), methods of
 * such components (`Call`), and hooks. Components that the engine knows itself are created. From the
 * first refusal on nothing more is created, and the program goes on as a preview, in which values that
 * nobody computes are unknown: the next ones are found as well.
 *
 * @param refused takes one sentence for each
 */
export function refuseRemote(
  { project, stack }: { readonly project: string; readonly stack: string },
  refused: string[],
): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const refuse = (sentence: string): void => {
    refused.push(sentence);
    (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(true);
  };

  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const component = request.getRemote() ? componentTypes.get(request.getType()) : undefined;
    if (component) {
      const problems = component.problemsOf(componentInputs(request, monitor), findIn(monitor));
      for (const problem of problems) refuse(`${labelOf(request)}: ${problem}`);
      if (refused.length === 0) {
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
    } else if (request.getRemote()) refuse(sentenceOf(request));
    if (refused.length === 0) return registerResource(request, callback);
    const urn = ["urn:pulumi:" + stack, project, request.getType(), request.getName()].join("::");
    const response = new protocol.RegisterResourceResponse();
    response.setUrn(urn);
    callback(null, response);
    return undefined;
  };

  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    if (refused.length === 0) registerOutputs(request, callback);
    else callback(null, {});
  };

  monitor.call = (request, callback) => {
    refuse(
      `The program calls ${request.getTok()}, a method of a component in a plugin, which the ` +
        "in-process engine does not run: use the Pulumi CLI (pulumi up).",
    );
    callback(null, new providerProtocol.CallResponse());
  };

  monitor.registerResourceHook = monitor.registerErrorHook = (request, callback) => {
    refuse(
      `The program has the hook ${request.getName()}, which the in-process engine does not run.`,
    );
    callback(null, {});
  };
}

function sentenceOf(request: protocol.RegisterResourceRequest): string {
  return (
    `${labelOf(request)}: it is a remote component, whose ` +
    "resources a plugin creates, and the in-process engine runs no plugins: declare its resources " +
    "with @pulumi/aws, or use the Pulumi CLI (pulumi up)."
  );
}

function labelOf(request: protocol.RegisterResourceRequest): string {
  return `Resource ${request.getName()} (${request.getType()})`;
}
