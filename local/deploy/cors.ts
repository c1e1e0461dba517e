import { z } from "zod";

/** What the provider takes as CORS settings, of HTTP APIs and of function URLs alike. */
export const corsSettings = z.strictObject({
  allowCredentials: z.boolean().optional(),
  allowHeaders: z.array(z.string()).optional(),
  allowMethods: z.array(z.string()).optional(),
  allowOrigins: z.array(z.string()).optional(),
  exposeHeaders: z.array(z.string()).optional(),
  maxAge: z.number().optional(),
});

/** The same as API Gateway and Lambda take it; undefined for none. */
export function toCors(cors: z.infer<typeof corsSettings> | undefined) {
  return (
    cors && {
      AllowCredentials: cors.allowCredentials,
      AllowHeaders: cors.allowHeaders,
      AllowMethods: cors.allowMethods,
      AllowOrigins: cors.allowOrigins,
      ExposeHeaders: cors.exposeHeaders,
      MaxAge: cors.maxAge,
    }
  );
}
