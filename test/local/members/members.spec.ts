import { expect } from "chai";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import { NormalizedSchema } from "@smithy/core/schema";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { classesOf, classOf } from "./classify.ts";
import { everyOperation, membersOf } from "./models.ts";

describe("Members of inputs", () => {
  let cloud: Cloud;
  before(async () => (cloud = await startCloud()));
  after(() => cloud.close());

  it("have a table for every operation that is served, and no other", () => {
    const tables = everyOperation().map(({ service, operation }) => `${service}.${operation}`);
    const served = Object.entries(cloud.operations).flatMap(([service, operations]) =>
      operations.map((operation) => `${service}.${operation}`),
    );
    expect(tables).to.have.members(served);
  });

  it("are each honoured, refused or ignored for a reason", () => {
    const unclassified = everyOperation().flatMap(({ service, operation, table }) =>
      membersOf(service, operation)
        .filter(({ path }) => classOf(path, table) === undefined)
        .map(({ path }) => `${service}.${operation}: ${path}`),
    );
    expect(unclassified.join("\n"), "members that local/members/tables does not have").to.equal("");
  });

  it("stand in a table only as the model has them, and once", () => {
    const wrong = everyOperation().flatMap(({ service, operation, table }) => {
      const known = new Set(membersOf(service, operation).map(({ path }) => path));
      const { honoured, refused, ignored } = classesOf(table);
      const all = [...honoured, ...refused, ...ignored];
      return all
        .filter((path, at) => !known.has(path) || all.indexOf(path) !== at)
        .map((path) => `${service}.${operation}: ${path}`);
    });
    expect(wrong.join("\n"), "members that the model does not have, or that stand twice").to.equal(
      "",
    );
  });

  it("are walked but for attribute values, which have the types that dynalite knows", () => {
    const value = NormalizedSchema.of(dynamodb.AttributeValue$ as never);
    const types = [...value.structIterator()].map(([name]) => name);
    expect(types).to.have.members(["S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"]);
  });
});
