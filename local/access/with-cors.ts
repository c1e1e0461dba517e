import type { HttpAnswer } from "../wire/http.ts";

/** The answer, for the page of an allowed origin to read. Replaces what an upstream says of it. */
export function withCors(answer: HttpAnswer, origin: string): HttpAnswer {
  const kept = Object.entries(answer.headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return lower !== "access-control-allow-origin" && lower !== "access-control-expose-headers";
  });
  return {
    ...answer,
    headers: {
      ...Object.fromEntries(kept),
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "*",
      vary: "Origin",
    },
  };
}
