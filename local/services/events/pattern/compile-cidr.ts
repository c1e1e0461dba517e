import { BlockList, isIP } from "node:net";
import { invalidPattern } from "./invalid-pattern.ts";

/** A matcher of the IP addresses of a block, such as `10.0.0.0/24` or `2001:db8::/32`. */
export function compileCidr(block: string): (text: string) => boolean {
  const [address = "", bits = "", ...others] = block.split("/");
  const version = isIP(address);
  if (version === 0 || others.length > 0 || !/^\d{1,3}$/.test(bits))
    throw invalidPattern(`Malformed CIDR: ${block}.`);
  if (Number(bits) > (version === 4 ? 32 : 128)) throw invalidPattern(`Malformed CIDR: ${block}.`);
  const list = new BlockList();
  const family = version === 4 ? "ipv4" : "ipv6";
  list.addSubnet(address, Number(bits), family);
  return (text) => isIP(text) === version && list.check(text, family);
}
