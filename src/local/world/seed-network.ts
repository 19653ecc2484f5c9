/** The network ACL that AWS makes with a VPC. */
import type { NetworkAcl } from './network-state.ts';

const allow = (number: number, cidr: string) =>
  [true, false].map((egress) => ({
    number,
    egress,
    action: 'allow' as const,
    protocol: '-1',
    cidr,
  }));

/** It lets everything through. */
export const defaultAcl = (id: string, vpc: string): NetworkAcl => ({
  id,
  vpc,
  isDefault: true,
  tags: {},
  entries: [...allow(100, '0.0.0.0/0'), ...allow(101, '::/0')],
  associations: new Map(),
});
