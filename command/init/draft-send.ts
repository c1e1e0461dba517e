import type { Application, Route } from "./application.ts";
import { type Draft, openPoint, quoted } from "./draft.ts";

const writing = ["POST", "PUT", "PATCH", "ANY"];

/** How a caller writes: over HTTP where the program has an address, else into what takes messages. */
export function draftSend(application: Application): Draft {
  const [url] = application.urlOutputs;
  if (url !== undefined) return sendOverHttp(url, application.routes);
  const queue = application.queues.find(({ isDeadLetterQueue }) => !isDeadLetterQueue);
  if (queue !== undefined) return sendToQueue(queue.name, queue.type, queue.isFifo);
  const [topic] = application.topics;
  if (topic !== undefined) return sendToTopic(topic.name, topic.type);
  const [bucket] = application.buckets;
  if (bucket !== undefined) return putObject(bucket.name, bucket.type);
  return {
    lines: [
      "async send(write, app) {",
      `  return ${openPoint("how a caller makes a write; app.http and app.aws reach the application", "write", "app")};`,
      "},",
    ],
  };
}

function sendOverHttp(url: string, routes: readonly Route[]): Draft {
  const route = only(routes.filter(({ method }) => writing.includes(method)));
  const method = route === undefined || route.method === "ANY" ? "POST" : route.method;
  const path =
    route === undefined || route.path.includes("{")
      ? openPoint("the path of a write, such as /items", "write")
      : quoted(route.path);
  return {
    lines: [
      "async send(write, app) {",
      `  const path = ${path};`,
      `  const body = ${openPoint("the body of a write, with its key and its value", "write")};`,
      `  return app.http(app.output(${quoted(url)})).send(${quoted(method)}, path, JSON.stringify(body));`,
      "},",
    ],
  };
}

/** How a caller reads, where one request over HTTP gives a record. */
export function draftRead({ urlOutputs, routes }: Application): Draft | undefined {
  const [url] = urlOutputs;
  const route = only(
    routes.filter(({ method, path }) => method === "GET" && /\{[^}]+\}/.test(path)),
  );
  if (url === undefined || route === undefined) return undefined;
  const path = route.path.replace(/\{[^}]+\}/, "${encodeURIComponent(key)}");
  if (/\{[^}]+\}/.test(path.replace("${encodeURIComponent(key)}", ""))) return undefined;
  return {
    lines: [
      "async read(key, app) {",
      `  const answer = await app.http(app.output(${quoted(url)})).send("GET", \`${path}\`);`,
      "  if (answer.status !== 200) return answer;",
      `  return { ...answer, found: ${openPoint("which part of the answer is the value", "answer.body")} };`,
      "},",
    ],
  };
}

function sendToQueue(name: string, type: string, isFifo: boolean): Draft {
  return {
    lines: [
      "async send(write, app) {",
      `  const body = ${openPoint("the message of a write, with its key and its value", "write")};`,
      `  const { url } = app.resource(${quoted(type)}, ${quoted(name)});`,
      "  await app.aws.sqs.send(",
      "    new SendMessageCommand({",
      "      QueueUrl: String(url),",
      "      MessageBody: JSON.stringify(body),",
      ...(isFifo ? ["      MessageGroupId: write.key,"] : []),
      ...(isFifo ? ["      MessageDeduplicationId: write.value,"] : []),
      "    }),",
      "  );",
      '  return { status: 202, body: "" };',
      "},",
      ...(isFifo ? ["", "ordered: true,"] : []),
    ],
    imports: { "@aws-sdk/client-sqs": ["SendMessageCommand"] },
  };
}

function sendToTopic(name: string, type: string): Draft {
  return {
    lines: [
      "async send(write, app) {",
      `  const body = ${openPoint("the message of a write, with its key and its value", "write")};`,
      `  const { arn } = app.resource(${quoted(type)}, ${quoted(name)});`,
      "  await app.aws.sns.send(",
      "    new PublishCommand({ TopicArn: String(arn), Message: JSON.stringify(body) }),",
      "  );",
      '  return { status: 202, body: "" };',
      "},",
    ],
    imports: { "@aws-sdk/client-sns": ["PublishCommand"] },
  };
}

function putObject(name: string, type: string): Draft {
  return {
    lines: [
      "async send(write, app) {",
      `  const { bucket } = app.resource(${quoted(type)}, ${quoted(name)});`,
      "  await app.aws.s3.send(",
      "    new PutObjectCommand({ Bucket: String(bucket), Key: write.key, Body: write.value }),",
      "  );",
      '  return { status: 200, body: "" };',
      "},",
    ],
    imports: { "@aws-sdk/client-s3": ["PutObjectCommand"] },
  };
}

/** The one candidate; with several, nobody knows which is meant. */
function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
