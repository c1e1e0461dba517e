"""Makes AWS calls with boto3 and says how each ended.

stdin:  {"endpoint": URL, "calls": [{"service", "operation", "input"}]}
stdout: [{"exception", "code", "status", "requestId", "attempts", "message"} or {"output"}], in the
same order. Calls run side by side, because a retry waits.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

task = json.load(sys.stdin)
session = boto3.session.Session(
    aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
)
config = Config(
    retries={"mode": "standard", "total_max_attempts": 3},
    s3={"addressing_style": "path"},
    proxies={},
)
clients = {
    service: session.client(service, endpoint_url=task["endpoint"], config=config)
    for service in {call["service"] for call in task["calls"]}
}


def run(call):
    operation = getattr(clients[call["service"]], call["operation"])
    try:
        output = operation(**call["input"])
    except ClientError as error:
        metadata = error.response["ResponseMetadata"]
        return {
            "exception": type(error).__name__,
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "status": metadata["HTTPStatusCode"],
            "requestId": metadata.get("RequestId"),
            "attempts": metadata["RetryAttempts"] + 1,
        }
    except Exception as error:  # what boto3 could not read, which no call may cause
        return {"exception": type(error).__name__, "message": str(error)}
    return {"output": output.get("ResponseMetadata", {}).get("HTTPStatusCode")}


with ThreadPoolExecutor(max_workers=32) as pool:
    json.dump(list(pool.map(run, task["calls"])), sys.stdout)
