// Where a URL that a user can name may lead: to public addresses, and to what the operator has listed.
//
// 1. A host is judged as the URL parser reads it, so 127.1, 0x7f.1 and 2130706433 are 127.0.0.1 here.
// 2. Of the addresses of a name, each must be allowed: one of them may be chosen at will.
// 3. This machine and its link are reached by an exact entry only, never by a range that happens to contain them.
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { GleitzeitError } from "../../domain/index.ts";

export type Allowed = {
  /** Names or addresses, as they are. */
  readonly hosts: readonly string[];
  /** `10.1.0.0/16`, `fd00::/8`. */
  readonly cidrs: readonly string[];
};

export type Destinations = {
  /** Why this URL may not be called; undefined when nothing speaks against it but, perhaps, its addresses. */
  readonly urlProblem: (url: URL) => string | undefined;
  /** Why this address may not be connected to for that host. */
  readonly addressProblem: (address: string, host: string) => string | undefined;
};

type Address = ReturnType<typeof ipaddr.process>;

/** What clouds tell their machines about themselves, secrets included. */
const METADATA_HOSTS = new Set(["metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"]);
const METADATA_ADDRESSES = new Set(["168.63.129.16", "169.254.169.254", "fd00:ec2::254"]);
/** Ranges that are reached by an exact entry only; "unspecified" is this machine to many systems. */
const OWN = new Set(["loopback", "linkLocal", "unspecified"]);
const NEVER = new Set(["multicast", "broadcast"]);

export function destinations({ hosts, cidrs }: Allowed): Destinations {
  const names = new Set(hosts.map(bareHost));
  const ranges = cidrs.map((cidr) => ipaddr.parseCIDR(cidr));
  const isListed = (address: Address): boolean =>
    names.has(address.toString()) ||
    ranges.some(([base, bits]) => bits === widthOf(base) && isIn(address, [base, bits]));

  const addressProblem = (text: string, host: string): string | undefined => {
    if (isIP(text) === 0) return `${text} is not an address`;
    const address = ipaddr.process(text);
    const range = address.range();
    if (isListed(address)) return undefined;
    if (range === "loopback" && isLocalhost(host) && names.has(host)) return undefined;
    if (NEVER.has(range) || OWN.has(range)) return `${address} is ${words(range)}`;
    if (METADATA_ADDRESSES.has(address.toString())) return `${address} is a metadata service`;
    if (names.has(host) || ranges.some((one) => isIn(address, one))) return undefined;
    return isPublic(address) ? undefined : `${address} is ${words(range)}`;
  };

  return {
    addressProblem,
    urlProblem: (url) => {
      if (url.protocol !== "http:" && url.protocol !== "https:")
        return `${url.protocol} is not http: or https:`;
      if (url.username !== "" || url.password !== "") return "a URL holds no user name or password";
      const host = bareHost(url.hostname);
      if (isIP(host) !== 0) return addressProblem(host, host);
      if (names.has(host)) return undefined;
      if (METADATA_HOSTS.has(host)) return `${host} is a metadata service`;
      if (isLocalhost(host)) return `${host} is this machine`;
      return host.includes(".") ? undefined : `${host} is a name of the local network`;
    },
  };
}

/** `setting`: where the operator's list stands in the configuration. */
export const notAllowed = (what: string, setting: string): GleitzeitError =>
  new GleitzeitError(
    "DESTINATION_NOT_ALLOWED",
    `${what}; the operator may allow it under \`${setting}\` in the configuration`,
  );

/** One spelling: lower case, no brackets, no dot at the end, addresses in their shortest form. */
export function bareHost(host: string): string {
  const bare = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
  return isIP(bare) === 0 ? bare : ipaddr.process(bare).toString();
}

const isLocalhost = (host: string): boolean => host === "localhost" || host.endsWith(".localhost");
const widthOf = (address: Address): number => (address.kind() === "ipv4" ? 32 : 128);

function isIn(address: Address, [base, bits]: readonly [Address, number]): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}

/** IPv6 has one block of public addresses; what lies outside of it, and looks public, embeds another address. */
const isPublic = (address: Address): boolean =>
  address.range() === "unicast" && (address.kind() === "ipv4" || isIn(address, ipaddr.parseCIDR("2000::/3")));

/** `uniqueLocal` → "a unique local address, not a public one". */
function words(range: string): string {
  if (range === "unicast") return "not a public address";
  return `a ${range.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} address, not a public one`;
}
