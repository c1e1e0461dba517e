import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const { BUCKET: Bucket, TABLE: TableName } = process.env;
const settings = { maxAttempts: 2 };
const s3 = new S3Client(settings);
const dynamodb = new DynamoDBClient(settings);

/** PUT /files/NAME stores a document, GET /files/NAME reads it, GET /files lists the index. */
export async function handler({ rawPath, requestContext, body = "", isBase64Encoded }) {
  const Key = decodeURIComponent(rawPath.replace(/^\/files\/?/, ""));
  const { method } = requestContext.http;
  if (!rawPath.startsWith("/files")) return answer(404, { message: "There are only files." });
  try {
    if (method === "PUT" && Key !== "") {
      const Body = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
      const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      return answer(200, { name: Key, etag: ETag });
    }
    if (method === "GET" && Key !== "") {
      const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return { statusCode: 200, body: await object.Body.transformToString() };
    }
    if (method === "GET") {
      const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }));
      return answer(
        200,
        Items.map(({ name, size }) => ({ name: name.S, size: Number(size.N) })),
      );
    }
    return answer(405, { message: "Files are put and got." });
  } catch (error) {
    if (error.name === "NoSuchKey") return answer(404, { message: "There is no such file." });
    console.error(error);
    return answer(503, { message: "Try again." });
  }
}

function answer(statusCode, body) {
  return { statusCode, body: JSON.stringify(body) };
}
