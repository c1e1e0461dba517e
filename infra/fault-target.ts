/** On everything that an experiment may touch; the experiments' role is limited to it. */
export const FIS_READY = { "FIS-Ready": "true" };
