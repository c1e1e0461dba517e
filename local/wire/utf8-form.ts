import { isUtf8 } from "node:buffer";
import type { HttpRequest } from "./http.ts";

/**
 * Whether the text of a form is UTF-8, also where it is percent-encoded. Otherwise a message would
 * be acknowledged and delivered with other characters than those that were sent.
 */
export function isUtf8Form({ body }: HttpRequest): boolean {
  if (!isUtf8(body)) return false;
  try {
    // A "%" that encodes nothing stands for itself in a form.
    decodeURIComponent(body.toString().replace(/%(?![0-9a-fA-F]{2})/g, "%25"));
    return true;
  } catch {
    return false;
  }
}
