import { headerValues } from "../access/header-values.ts";
import type { HostRule } from "../access/host-rule.ts";
import { quote, refuse } from "../access/refuse.ts";
import type { Log } from "../log.ts";
import type { Step } from "./step.ts";

/**
 * Refuses a request for a name that the endpoint does not go by. A web page whose own name has been
 * rebound to this machine could read the answers of every operation otherwise.
 */
export function createCheckHost(isOwn: HostRule, log: Log): Step {
  return (exchange) => {
    const { authority } = exchange.request;
    const hosts = headerValues(exchange.request, "host");
    const [host] = hosts;
    if (host === undefined || hosts.length > 1)
      return refuse(
        exchange,
        `The request must have one header Host, and has ${hosts.length === 0 ? "none" : String(hosts.length)}.`,
        log,
      );
    const foreign = [host, ...(authority === undefined ? [] : [authority])].find(
      (each) => !isOwn(each),
    );
    if (foreign === undefined) return undefined;
    const source = foreign === host ? "header Host" : "request target";
    return refuse(
      exchange,
      `This endpoint does not go by the name ${quote(foreign)} (${source}), so that no web page can ` +
        "reach it through a name of its own. Use 127.0.0.1 or localhost, or start it with " +
        "--allow-host NAME.",
      log,
    );
  };
}
