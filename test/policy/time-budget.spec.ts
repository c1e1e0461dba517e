import { describeRule } from "./support/describe-rule.ts";

const RESOURCE = "arn:aws:dynamodb:us-east-1:123456789012:table/Products";
const call = (budget?: object) => ({
  actions: ["dynamodb:PutItem"],
  resource: RESOURCE,
  ...(budget && { budget }),
});
const dynamodb = { maxAttempts: 2, requestTimeoutMs: 500, deadlineMs: 1_200 };

describeRule("timeout-budget-fits", {
  "refuses waits that outlast the function": {
    change: (draft) =>
      draft.set("product-api-add-function", { timeout: 2 }).publish("product-api-add", {
        calls: [
          call(dynamodb),
          { ...call({ maxAttempts: 2, requestTimeoutMs: 800 }), actions: ["sns:Publish"] },
        ],
      }),
    messages: [
      "Function product-api-add-function may wait 2,900 ms for its calls (dynamodb 2 × 500 ms + 100 ms backoff, at most 1,200 ms; sns 2 × 800 ms + 100 ms backoff) and is ended after 2,000 ms, so it dies before it can answer. Lower the waits or raise its timeout.",
    ],
  },
  "refuses the SDK's own three attempts of 20 s": {
    change: (draft) =>
      draft.publish("product-api-get", {
        calls: [call({ maxAttempts: 3, requestTimeoutMs: 20_000 })],
      }),
    messages: [
      "Function product-api-get-function may wait 60,300 ms for its calls (dynamodb 3 × 20,000 ms + 300 ms backoff) and is ended after 10,000 ms, so it dies before it can answer. Lower the waits or raise its timeout.",
    ],
  },
  "counts no backoff above the 20 s at which the SDK stops doubling it": {
    change: (draft) =>
      draft.publish("product-api-get", {
        calls: [call({ maxAttempts: 11, requestTimeoutMs: 100 })],
      }),
    messages: [
      "Function product-api-get-function may wait 66,600 ms for its calls (dynamodb 11 × 100 ms + 65,500 ms backoff) and is ended after 10,000 ms, so it dies before it can answer. Lower the waits or raise its timeout.",
    ],
  },
  "refuses waits that last exactly as long as the function": {
    change: (draft) =>
      draft.publish("product-api-get", {
        calls: [call({ maxAttempts: 1, requestTimeoutMs: 10_000 })],
      }),
    messages: [
      "Function product-api-get-function may wait 10,000 ms for its calls (dynamodb 1 × 10,000 ms + 0 ms backoff) and is ended after 10,000 ms, so it dies before it can answer. Lower the waits or raise its timeout.",
    ],
  },
  "refuses a function that outlasts API Gateway": {
    change: (draft) => draft.set("product-api-get-function", { timeout: 29 }),
    messages: [
      "Function product-api-get-function may run 29,000 ms and API Gateway waits 29,000 ms, so a caller is told of a failure while the write goes on. Set the function's timeout below that.",
    ],
  },
  "refuses a function that outlasts the timeout of its own integration": {
    change: (draft) => draft.set("product-api-post-integration", { timeoutMilliseconds: 8_000 }),
    messages: [
      "Function product-api-add-function may run 10,000 ms and API Gateway waits 8,000 ms, so a caller is told of a failure while the write goes on. Set the function's timeout below that.",
    ],
  },
  "refuses waits of the retry function that outlast it": {
    change: (draft) => draft.set("write-buffer-retry-function", { timeout: 5 }),
    messages: [
      "Function write-buffer-retry-function may wait 5,600 ms for its calls (dynamodb 2 × 500 ms + 100 ms backoff, at most 1,200 ms; sqs 2 × 1,000 ms + 100 ms backoff, at most 2,200 ms; sqs 2 × 1,000 ms + 100 ms backoff, at most 2,200 ms) and is ended after 5,000 ms, so it dies before it can answer. Lower the waits or raise its timeout.",
    ],
  },
  "refuses a deadline that cuts the attempts short": {
    change: (draft) =>
      draft.publish("product-api-get", { calls: [call({ ...dynamodb, deadlineMs: 900 })] }),
    messages: [
      "Function product-api-get-function ends dynamodb:PutItem after 900 ms, before its attempts are over (1,100 ms). Raise deadlineMs or lower maxAttempts or requestTimeoutMs.",
    ],
  },
  "refuses a function that does not say how long it waits": {
    change: (draft) => draft.conceal("product-api-get", "calls"),
    messages: [
      "Function product-api-get-function calls dynamodb and does not say how long it waits. Publish each of its calls with a budget in the output calls of the component around it.",
    ],
  },
  "refuses one call among others that does not say how long it waits": {
    change: (draft) =>
      draft.publish("product-api-add", {
        calls: [call(dynamodb), { ...call(), actions: ["sns:Publish"] }],
      }),
    messages: [
      "Function product-api-add-function calls sns:Publish and does not say how long it waits. Publish each of its calls with a budget in the output calls of the component around it.",
    ],
  },
  "asks for no budget of what Lambda calls for the function": {
    change: (draft) =>
      draft.publish("write-buffer-retry", {
        calls: [
          call(dynamodb),
          { ...call(), actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"] },
          { ...call(), actions: ["logs:CreateLogStream", "logs:PutLogEvents"] },
        ],
      }),
    messages: [],
  },
  "asks for one of a function that receives messages itself": {
    change: (draft) =>
      draft.publish("product-api-get", {
        calls: [
          call(dynamodb),
          { ...call(), actions: ["sqs:ReceiveMessage", "logs:PutLogEvents"] },
        ],
      }),
    messages: [
      "Function product-api-get-function calls sqs:ReceiveMessage and does not say how long it waits. Publish each of its calls with a budget in the output calls of the component around it.",
    ],
  },
  "takes the API's timeout from the pack's user": {
    change: (draft) => draft.set("write-buffer-retry-function", { timeout: 60 }),
    options: { config: { "timeout-budget-fits": { gatewayMs: 10_001 } } },
    messages: [],
  },
});

const retryDelay = { firstSeconds: 1, maxSeconds: 20 };

describeRule("retries-outlast-retention", {
  "refuses a delay that uses up the receives": {
    change: (draft) => draft.publish("write-buffer", { retryDelay }),
    messages: [
      "Queue write-buffer-queue gives a message up after 1000 receives, and an outage of its whole retention of 345,600 s takes 17,284 (one every 1 s to 20 s). Raise maxReceiveCount or the delay.",
    ],
  },
  "counts on the visibility timeout where no delay is published": {
    change: (draft) => draft.conceal("write-buffer", "retryDelay"),
    messages: [
      "Queue write-buffer-queue gives a message up after 1000 receives, and an outage of its whole retention of 345,600 s takes 5,760 (one every 60 s to 60 s). Raise maxReceiveCount or the delay.",
    ],
  },
});
