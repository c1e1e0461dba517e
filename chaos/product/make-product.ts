import { oddPrice, oddTexts } from "./odd-values.ts";
import type { Product } from "./product.ts";
import type { Random } from "../harness/random.ts";

/** Which write a product is for. */
export interface WriteName {
  readonly id: string;
  /** Of all writes of the run, so that a value tells which write it came from. */
  readonly label: string;
}

/** Bytes of the largest descriptions; with the escapes of JSON they stay below SNS's 256 KiB. */
const largeTexts = [20_000, 100_000, 200_000];
const largeShare = 0.004;

/**
 * A product in which anything may occur that a product can have. One of its fields names the write,
 * so that no two writes of a run have the same value; the others are odd, empty or absent.
 */
export function makeProduct({ id, label }: WriteName, random: Random): Product {
  const unique = random.pick(["name", "price", "description"] as const);
  const text = (name: "name" | "description", plain: string) => {
    if (unique !== name) return oddText(random);
    return random.chance(0.5) ? plain : `${plain} ${random.pick(oddTexts)}`;
  };
  const name = text("name", `Product ${label}`);
  const description = random.chance(largeShare)
    ? `${label} ${"x".repeat(random.pick(largeTexts))}`
    : text("description", `Write ${label}`);
  return {
    id,
    price: unique === "price" ? `${random.digits(20)}.${random.digits(10)}` : price(random),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  };
}

/** Undefined leaves the field out. */
function oddText(random: Random): string | null | undefined {
  const kind = random.int(0, 9);
  if (kind <= 1) return undefined;
  if (kind === 2) return null;
  return kind <= 4 ? "" : random.pick(oddTexts);
}

function price(random: Random): Product["price"] {
  if (random.chance(0.4)) return oddPrice(random);
  const cents = (random.int(0, 9_999_999) / 100).toFixed(2);
  return random.chance(0.5) ? cents : Number(cents);
}
