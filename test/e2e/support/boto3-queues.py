"""Plays the main cases of queues and topics with boto3.

stdin:  {"endpoint": URL}
stdout: a JSON object: what each case gave, by its name; an error is [code, status, message].
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = json.load(sys.stdin)["endpoint"]
session = boto3.session.Session(
    aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
)
settings = {"endpoint_url": endpoint, "config": Config(proxies={})}
sqs = session.client("sqs", **settings)
sns = session.client("sns", **settings)


def error_of(run):
    try:
        run()
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return [error.response["Error"]["Code"], status, error.response["Error"]["Message"]]
    return None


def arn_of(name):
    return "arn:aws:sqs:us-east-1:000000000000:" + name


def receive(url):
    received = sqs.receive_message(
        QueueUrl=url, WaitTimeSeconds=5, MessageAttributeNames=["All"]
    )
    message = received["Messages"][0]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return message


policy = {
    "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
    }
}
url = sqs.create_queue(QueueName="q", Attributes={"Policy": json.dumps(policy)})["QueueUrl"]
gift = {"DataType": "String", "StringValue": "🎁"}
raw_bytes = {"DataType": "Binary", "BinaryValue": bytes(range(256))}
attributes = {"gift": gift, "bytes": raw_bytes}


def whole(message):
    given = message["MessageAttributes"]
    return [
        message["Body"],
        given["gift"]["StringValue"],
        given["bytes"]["BinaryValue"] == raw_bytes["BinaryValue"],
    ]


results = {}
sqs.send_message(QueueUrl=url, MessageBody="a 🎁", MessageAttributes=attributes)
results["sent"] = whole(receive(url))

topic = sns.create_topic(Name="t")["TopicArn"]
subscription = {"TopicArn": topic, "Protocol": "sqs", "Endpoint": arn_of("q")}
first = sns.subscribe(**subscription, Attributes={"RawMessageDelivery": "true"})
results["same subscription"] = first["SubscriptionArn"] == sns.subscribe(**subscription)[
    "SubscriptionArn"
]
results["another subscription"] = error_of(
    lambda: sns.subscribe(**subscription, Attributes={"RawMessageDelivery": "false"})
)
sns.publish(TopicArn=topic, Message="a 🎁", MessageAttributes=attributes)
results["published"] = whole(receive(url))

redrive = {"deadLetterTargetArn": arn_of("missing"), "maxReceiveCount": 1}
results["no such dead-letter queue"] = error_of(
    lambda: sqs.create_queue(QueueName="r", Attributes={"RedrivePolicy": json.dumps(redrive)})
)
results["other settings"] = error_of(
    lambda: sqs.create_queue(QueueName="q", Attributes={"DelaySeconds": "1"})
)
results["control character"] = error_of(
    lambda: sqs.send_message(QueueUrl=url, MessageBody="\x01")
)
json.dump(results, sys.stdout)
