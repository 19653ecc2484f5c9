/** Openings that many stories share. */
import { type Play, people } from './play.ts';

export const server = 'i-0a1b2c3d4e5f60718';
export const first = 'eni-0a1b2c3d4e5f60711';
export const second = 'eni-0a1b2c3d4e5f60712';
export const key = 'AKIAIOSFODNN7EXAMPLE';

/** The security groups of the example's two interfaces. */
export const groups = (stage: Play): readonly (readonly string[])[] => [
  stage.groupsOf(first),
  stage.groupsOf(second),
];

/** What isolating it changes first: nothing of it cuts anything. */
export const preparing: readonly string[] = [
  'ec2:ModifyInstanceAttribute',
  'ec2:ModifyInstanceAttribute',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:ModifyNetworkInterfaceAttribute',
];

/** And what cuts: its own empty group, both interfaces, the metadata service. */
export const cutting: readonly string[] = [
  'ec2:CreateSecurityGroup',
  'ec2:CreateTags',
  'ec2:ModifyInstanceMetadataOptions',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:RevokeSecurityGroupEgress',
];

/** An alert about the server, and Maria's request to isolate it; answers the approval card. */
export const askToIsolate = async (stage: Play) => {
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'plan:isolate-instance');
  await stage.submit(people.maria, 'confirmed');
  return stage.withControl('approve');
};

/** The same, approved by Ana and carried out. */
export const isolate = async (stage: Play): Promise<void> => {
  await stage.press(people.ana, 'approve', await askToIsolate(stage));
};

/** Waits in real time for something that another gesture in flight brings about. */
export const until = async (happened: () => boolean): Promise<void> => {
  const end = Date.now() + 10_000;
  while (!happened()) {
    if (Date.now() > end) throw new Error('waited for 10 seconds in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
