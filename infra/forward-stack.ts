/**
 * Forwarding from one more region of the security account, or from a member account: only rules,
 * their role and a queue for what could not be sent.
 */

import { CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import type { CordonConfig } from '../src/config/config.ts';
import type { Source } from '../src/findings/finding.ts';
import { eventPatterns } from '../src/rules/event-patterns.ts';
import { Forwarding } from './forwarding.ts';
import { Pager } from './pager.ts';
import { deadLetters } from './queues.ts';

/** What each account sees alone; the other services send to their delegated administrator. */
const ofEachAccount: readonly Source[] = ['cloudtrail', 'config', 'health'];

export interface ForwardStackProps extends StackProps {
  readonly config: CordonConfig;
  readonly from: 'region' | 'member';
}

export class ForwardStack extends Stack {
  constructor(scope: Construct, id: string, { config, from, ...props }: ForwardStackProps) {
    super(scope, id, {
      description: `Cordon: forwards security events of this ${from === 'member' ? 'account' : 'region'}`,
      ...props,
    });
    const bus = new CfnParameter(this, 'SecurityBusArn', {
      description: 'ARN of the security bus: output SecurityBusArn of the stack cordon',
      allowedPattern: `^arn:aws[a-z-]*:events:[a-z0-9-]+:\\d{12}:event-bus/${named('security')}$`,
    });
    const pager = new Pager(this, config.deployment, undefined);
    const patterns =
      from === 'region'
        ? eventPatterns(config)
        : eventPatterns({
            ...config,
            sources: config.sources.filter((source) => ofEachAccount.includes(source)),
          });
    new Forwarding(this, {
      patterns,
      bus: bus.valueAsString,
      dead: deadLetters(this, 'forward', {
        pager,
        key: undefined,
        says: 'Events of this region did not reach Cordon. docs/operate.md, "Dead letters".',
      }),
    });
  }
}
