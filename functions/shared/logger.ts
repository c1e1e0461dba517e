import { Logger } from "@aws-lambda-powertools/logger";

/** Level and service name come from POWERTOOLS_LOG_LEVEL and POWERTOOLS_SERVICE_NAME. */
export const logger = new Logger();
