import { expect } from "chai";
import { host, listTables, send, withCloud, type Headers } from "./support/access-requests.ts";
import type { RawRequest } from "./support/raw-request.ts";

describe("pages that the gateway was told to allow", () => {
  const origin = "http://localhost:3000";
  const from: Headers = [
    ["Origin", origin],
    ["Sec-Fetch-Site", "cross-site"],
  ];

  it("may read the answers, the errors among them", async () => {
    await withCloud({ allowedOrigins: ["HTTP://LocalHost:3000/"] }, async (open) => {
      const answer = await send(open.port, listTables, [host(open.port), ...from]);
      expect(answer.status).to.equal(200);
      expect(answer.headers).to.include({
        "access-control-allow-origin": origin,
        vary: "Origin",
      });
      const error = await send(open.port, { ...listTables, body: "[" }, [host(open.port), ...from]);
      expect(error.status).to.equal(400);
      expect(error.headers).to.include({ "access-control-allow-origin": origin });
      const other = await send(open.port, listTables, [
        host(open.port),
        ["Origin", "http://localhost:3001"],
      ]);
      expect(other.status).to.equal(403);
    });
  });

  it("have their preflight requests answered", async () => {
    await withCloud({ allowedOrigins: [origin] }, async (open) => {
      const preflight: RawRequest = {
        method: "OPTIONS",
        headers: [
          ["Access-Control-Request-Method", "POST"],
          ["Access-Control-Request-Headers", "authorization,x-amz-target"],
        ],
      };
      const { status, headers } = await send(open.port, preflight, [host(open.port), ...from]);
      expect(status).to.equal(204);
      expect(headers["access-control-allow-origin"]).to.equal(origin);
      expect(headers["access-control-allow-methods"]).to.contain("POST");
      expect(headers["access-control-allow-headers"]).to.equal("authorization,x-amz-target");
    });
  });

  it("are all pages with *", async () => {
    await withCloud({ allowedOrigins: ["*"] }, async (open) => {
      for (const text of ["http://evil.example", "null"]) {
        const answer = await send(open.port, listTables, [host(open.port), ["Origin", text]]);
        expect(answer.headers["access-control-allow-origin"]).to.equal(text);
      }
      const bare = await send(open.port, listTables, [
        host(open.port),
        ["Sec-Fetch-Site", "cross-site"],
      ]);
      expect(bare.status).to.equal(200);
      const rebound = await send(open.port, listTables, [["Host", "evil.example"]]);
      expect(rebound.status).to.equal(403);
    });
  });
});
