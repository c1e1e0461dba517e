/**
 * Whether an API's `binaryMediaTypes` hold this `Content-Type`, or the first type of this `Accept`.
 * Source: API Gateway developer guide, "Working with binary media types for REST APIs".
 */
export function isBinary(binaryMediaTypes: readonly string[], header: string | undefined): boolean {
  if (binaryMediaTypes.length === 0) return false;
  if (binaryMediaTypes.includes("*/*")) return true;
  const type = (header ?? "").split(/[;,]/, 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "") return false;
  const group = `${type.slice(0, type.indexOf("/"))}/*`;
  return binaryMediaTypes.some((each) => {
    const binary = each.toLowerCase();
    return binary === type || binary === group;
  });
}
