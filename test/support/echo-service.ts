import type { AwsService } from "../../local/services/aws-service.ts";
import { readTarget } from "../../local/services/json-service.ts";
import { readForm } from "../../local/services/query-service.ts";
import type { Protocol } from "../../local/wire/aws-call.ts";
import { guessProtocol } from "../../local/wire/guess-protocol.ts";

/** A service that has every operation, and answers each with the least its clients take. */
export function echoService(name: string): AwsService {
  return {
    name,
    operations: [],
    identify(request) {
      const protocol: Protocol = guessProtocol(request, name);
      const operation =
        protocol === "query"
          ? readForm(request)["Action"]
          : protocol === "rest-json"
            ? restOperations[name]
            : readTarget(request.headers["x-amz-target"])[1];
      return operation === undefined ? undefined : { operation, protocol };
    },
    handle({ protocol, operation }) {
      const body =
        protocol === "query"
          ? `<${operation}Response><${operation}Result/></${operation}Response>`
          : "{}";
      return { status: 200, headers: { "content-type": "application/json" }, body };
    },
  };
}

/** The one operation of each REST service that tests ask for. */
const restOperations: Readonly<Record<string, string>> = {
  lambda: "Invoke",
  fis: "StartExperiment",
};
