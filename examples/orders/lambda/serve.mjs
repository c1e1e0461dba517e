import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

export const dynamodb = new DynamoDBClient();
const { ORDERS, LINES } = process.env;
const maxLines = 3;

/**
 * POST /orders takes an order, or another version of one, and GET /orders/ID shows it.
 *
 * @param write writes the changes of an order; the id of the request tells it from every other
 */
export function serve(write) {
  return async ({ rawPath, body, requestContext: { http, requestId } }) => {
    if (http.method === "GET") return show(decodeURIComponent(rawPath.split("/").at(-1)));
    const order = JSON.parse(body);
    const problem = problemOf(order);
    if (problem) return { statusCode: 400, body: problem };
    await write(changesOf(order), requestId);
    return { statusCode: 200, body: "{}" };
  };
}

async function show(id) {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: ORDERS, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  if (!Item) return { statusCode: 404, body: `There is no order ${id}.` };
  const { customer, pieces } = Item;
  return { statusCode: 200, body: JSON.stringify({ customer: customer.S, pieces: pieces.N }) };
}

function problemOf({ id, customer, lines }) {
  if (!id || !customer) return "An order has an id and a customer.";
  if (!lines?.length || lines.length > maxLines) return `An order has 1 to ${maxLines} lines.`;
  if (!lines.every(({ pieces }) => Number.isInteger(pieces) && pieces > 0))
    return "A line has an article and a number of pieces.";
}

/** The order, its lines, and the lines that an earlier version had and this one has not. */
function changesOf({ id, customer, lines }) {
  const pieces = lines.reduce((sum, line) => sum + line.pieces, 0);
  const order = { id: { S: id }, customer: { S: customer }, pieces: { N: String(pieces) } };
  return [
    { Put: { TableName: ORDERS, Item: order } },
    ...Array.from({ length: maxLines }, (_, index) => {
      const Key = { order: { S: id }, line: { N: String(index + 1) } };
      const line = lines[index];
      if (!line) return { Delete: { TableName: LINES, Key } };
      const Item = { ...Key, article: { S: line.article }, pieces: { N: String(line.pieces) } };
      return { Put: { TableName: LINES, Item } };
    }),
  ];
}
