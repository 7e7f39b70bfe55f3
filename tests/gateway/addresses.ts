import { parse } from 'yaml';

type Node = unknown;

export interface Address {
  readonly address: string;
  readonly port_value: number;
}

/** Where names, ports and files of a pod lie on this machine. */
export interface Here {
  /** The address in place of one of the configuration; undefined leaves it. */
  readonly address: (before: Address) => Address;
  /** Path in place of one below /etc. */
  readonly path: (before: string) => string;
  /** Pods have a network of their own each, and so a name of their own for the administration's socket. */
  readonly admin: string;
}

/**
 * The emitted configuration with the addresses of this machine: of sockets, files and the administration. Everything else
 * stays, and `others` proves it.
 */
export function relocated(text: string, here: Here): Node {
  return walk(parse(text), here);
}

function walk(node: Node, here: Here): Node {
  if (Array.isArray(node)) return node.map((each) => walk(each, here));
  if (typeof node === 'string') return node.startsWith('/etc/') ? here.path(node) : node;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'socket_address') return [key, here.address(value as Address)];
      if (key === 'pipe' && (value as { path?: string }).path === '@berth-admin')
        return [key, { path: here.admin }];
      return [key, walk(value, here)];
    }),
  );
}

/** The configuration without what `relocated` may change: equal before and after. */
export function others(node: Node): Node {
  if (Array.isArray(node)) return node.map(others);
  if (typeof node === 'string') return /^\/(etc|elsewhere)\//.test(node) ? 'a file' : node;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'socket_address' || key === 'pipe' ? 'an address' : others(value),
    ]),
  );
}
