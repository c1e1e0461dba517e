import { describeRule } from "./support/describe-rule.ts";

describeRule("table-has-point-in-time-recovery", {
  "refuses a table without it": {
    change: (draft) => draft.unset("product-table-table", "pointInTimeRecovery"),
    messages: [
      "Table product-table-table has no point-in-time recovery, so a wrong write cannot be taken back. Set pointInTimeRecovery: { enabled: true }.",
    ],
  },
});

describeRule("table-is-encrypted", {
  "refuses a table that turns it off": {
    change: (draft) =>
      draft.set("product-table-table", { serverSideEncryption: { enabled: false } }),
    messages: [
      "Table product-table-table is not encrypted with a key of its account. Set serverSideEncryption: { enabled: true }.",
    ],
  },
});

describeRule(
  "table-has-deletion-protection",
  {
    "refuses a table without it": {
      change: (draft) => draft.set("product-table-table", { deletionProtectionEnabled: false }),
      messages: [
        "Table product-table-table can be deleted with all it holds. Set deletionProtectionEnabled: true.",
      ],
    },
    "does not apply to a provider of this machine": {
      change: (draft) =>
        draft
          .set("product-table-table", { deletionProtectionEnabled: false })
          .set("aws", { endpoints: '[{"dynamodb":"http://127.0.0.1:4566"}]' }),
      messages: [],
    },
    "applies to a provider with one endpoint here and another elsewhere": {
      change: (draft) =>
        draft.set("product-table-table", { deletionProtectionEnabled: false }).set("aws", {
          endpoints: '[{"sqs":"http://127.0.0.1:4566","dynamodb":"https://dynamodb.example.com"}]',
        }),
      messages: [
        "Table product-table-table can be deleted with all it holds. Set deletionProtectionEnabled: true.",
      ],
    },
    "applies to a provider with an endpoint elsewhere": {
      change: (draft) =>
        draft
          .set("product-table-table", { deletionProtectionEnabled: false })
          .set("aws", { endpoints: '[{"dynamodb":"https://dynamodb.example.com"}]' }),
      messages: [
        "Table product-table-table can be deleted with all it holds. Set deletionProtectionEnabled: true.",
      ],
    },
  },
  { stack: "aws" },
);
