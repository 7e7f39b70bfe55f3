import { BlockList, isIPv6 } from 'node:net';

/** Whether an address range (`10.0.0.0/8`, `::/0`) holds an address. False where the range cannot be read. */
export function cidrContains(cidr: string, address: string): boolean {
  const [network = '', prefix = ''] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (family !== (isIPv6(address) ? 'ipv6' : 'ipv4')) return false;
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(prefix), family);
  } catch {
    return false;
  }
  return list.check(address, family);
}
