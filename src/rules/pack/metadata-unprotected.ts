import { defineRule } from '../rule.ts';
import { breaks } from './check.ts';
import { configEvent } from './example-config.ts';
import { controlEvent } from './example-security-hub.ts';

const check = {
  rules: /ec2-imdsv2-check/,
  controls: ['EC2.8'],
};

/** Server gives its credentials to simple requests. */
export const metadataUnprotected = defineRule({
  id: 'metadata-unprotected',
  title: 'Server gives its credentials to simple requests',
  attack: ['T1552.005'],
  when: (finding) => breaks(finding, check),
  atRisk: 'A page that fetches addresses is enough to steal the credentials of its role.',
  actions: ['suppress-finding'],
  because: 'Version 2 of the metadata service asks for a token that such a page cannot get.',
  examples: [
    {
      name: 'a failed control',
      event: controlEvent('EC2.8', 'AwsEc2Instance'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('ec2-imdsv2-check', 'AWS::EC2::Instance', 'i-0a1b2c3d4e5f60718'),
      matches: true,
    },
    {
      name: 'a public address',
      event: controlEvent('EC2.9', 'AwsEc2Instance'),
      matches: false,
    },
  ],
});
