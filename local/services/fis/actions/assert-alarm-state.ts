import { ParameterError, type FisAction } from "./action.ts";
import { describeParameter } from "./parameter-descriptions.ts";

/** Source: FIS actions reference. */
const mostAlarms = 5;
const states = ["OK", "ALARM", "INSUFFICIENT_DATA"];

export interface AssertAlarmStateOptions {
  /** `undefined`: there is no such alarm. */
  alarmState(alarmArn: string): string | undefined;
  /** Whether a role that is there may read an alarm; a role that is not there is not asked. */
  mayDescribe(roleArn: string, alarmArn: string): boolean;
}

/** `aws:cloudwatch:assert-alarm-state`: fails unless every alarm is in one of the states. */
export function assertAlarmState(options: AssertAlarmStateOptions): FisAction {
  return {
    id: "aws:cloudwatch:assert-alarm-state",
    description: "Fails unless CloudWatch alarms are in one of the given states.",
    parameters: {
      alarmArns: { description: describeParameter("alarmArns"), required: true },
      alarmStates: { description: describeParameter("alarmStates"), required: true },
    },
    targets: {},
    plan(parameters) {
      const alarmArns = readList(parameters["alarmArns"]);
      const wanted = readList(parameters["alarmStates"]);
      if (alarmArns.length === 0 || alarmArns.length > mostAlarms)
        throw new ParameterError(`alarmArns must have 1 to ${String(mostAlarms)} ARNs`);
      const notAnArn = alarmArns.find((each) => !/^arn:[\w-]+:cloudwatch:.+:alarm:.+$/.test(each));
      if (notAnArn !== undefined)
        throw new ParameterError(`alarmArns must be ARNs of CloudWatch alarms, not "${notAnArn}"`);
      const unknown = wanted.find((each) => !states.includes(each));
      if (wanted.length === 0 || unknown !== undefined)
        throw new ParameterError(
          `alarmStates must be of ${states.join(", ")}, not "${unknown ?? ""}"`,
        );
      return {
        durationMs: 0,
        start({ roleArn }) {
          for (const alarmArn of alarmArns) {
            if (!options.mayDescribe(roleArn, alarmArn))
              throw new Error(
                `${roleArn} is not authorized to perform: cloudwatch:DescribeAlarms on resource: ${alarmArn}`,
              );
            const state = options.alarmState(alarmArn);
            if (state === undefined) throw new Error(`There is no alarm ${alarmArn}.`);
            if (!wanted.includes(state))
              throw new Error(
                `The alarm ${alarmArn} is in the state ${state}, not in ${wanted.join(" or ")}.`,
              );
          }
        },
      };
    },
  };
}

/** Names of alarms may have commas; their ARNs begin the same way. */
function readList(text = ""): string[] {
  return text
    .split(/,(?=\s*(?:arn:|[A-Z_]+\s*(?:,|$)))/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
