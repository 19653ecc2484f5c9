/** The simulated EC2: all that it answers. */
import { ec2Addresses } from './ec2-addresses.ts';
import { ec2Attributes } from './ec2-attributes.ts';
import { ec2Console } from './ec2-console.ts';
import { ec2Copies } from './ec2-copies.ts';
import { ec2Groups } from './ec2-groups.ts';
import { ec2Instances } from './ec2-instances.ts';
import { ec2NetworkAcls } from './ec2-network-acls.ts';
import { ec2Power } from './ec2-power.ts';
import { ec2Profiles } from './ec2-profiles.ts';
import { ec2Rules } from './ec2-rules.ts';
import { ec2Snapshots } from './ec2-snapshots.ts';
import type { Handlers } from './world.ts';

export const ec2Handlers: Handlers = {
  ...ec2Addresses,
  ...ec2Attributes,
  ...ec2Console,
  ...ec2Copies,
  ...ec2Groups,
  ...ec2Instances,
  ...ec2NetworkAcls,
  ...ec2Power,
  ...ec2Profiles,
  ...ec2Rules,
  ...ec2Snapshots,
};
