/**
 * How each function runs on Lambda; the deployment sets it, and the storm benchmark counts with it.
 * docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
import type { FunctionName } from '../aws/rights.ts';

interface FunctionSettings {
  readonly memoryMb: number;
  /** No longer than its queue hides a message (queue-settings.ts), and shorter than its leases. */
  readonly timeoutSeconds: number;
  /** Most copies at once; kept free for it in the account. */
  readonly reservedConcurrency: number;
  /** For the AWS console. */
  readonly description: string;
}

export const functionSettings: Readonly<Record<FunctionName, FunctionSettings>> = {
  web: {
    memoryMb: 1024,
    timeoutSeconds: 10,
    reservedConcurrency: 20,
    description: 'hears Slack: verifies, keeps, acknowledges',
  },
  ingest: {
    memoryMb: 512,
    timeoutSeconds: 3,
    reservedConcurrency: 2,
    description: 'hears AWS: events become cases',
  },
  notify: {
    memoryMb: 256,
    timeoutSeconds: 18,
    reservedConcurrency: 2,
    description: 'makes Slack show what is stored',
  },
  worker: {
    memoryMb: 512,
    timeoutSeconds: 30,
    reservedConcurrency: 20,
    description: 'decides who may, and plans with the read roles',
  },
  executor: {
    memoryMb: 512,
    timeoutSeconds: 45,
    reservedConcurrency: 10,
    description: 'changes AWS with the response roles',
  },
  tick: {
    memoryMb: 256,
    timeoutSeconds: 50,
    reservedConcurrency: 2,
    description: 'hands over what is due, pages, chains the audit',
  },
  'step-up': {
    memoryMb: 512,
    timeoutSeconds: 10,
    reservedConcurrency: 5,
    description: 'checks passkeys for approvals of tier 3',
  },
};
