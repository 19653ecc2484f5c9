/** The functions, each with its own credentials, over the simulated edges. */
import { accountCheck } from '../../app/check-account.ts';
import { organizationCheck } from '../../app/check-organization.ts';
import { executorFunction } from '../../app/executor.ts';
import { ingestFunction } from '../../app/ingest.ts';
import { notifyFunction } from '../../app/notify.ts';
import type { Outside } from '../../app/outside.ts';
import { stepUpFunction } from '../../app/step-up.ts';
import { tickFunction } from '../../app/tick.ts';
import { webFunction } from '../../app/web.ts';
import { workerFunction } from '../../app/worker.ts';
import type { Vault } from '../../audit/ports.ts';
import type { FunctionName } from '../../aws/rights.ts';
import type { CordonConfig } from '../../config/config.ts';
import type { Chance } from '../../flows/ports.ts';
import type { LocalIssuer } from '../sign-in.ts';
import type { SlackWorkspace } from '../slack/workspace.ts';
import { attach, attachBut, guard } from '../world/attach.ts';
import type { World } from '../world/world.ts';
import { attachBucket } from './bucket.ts';
import { localDeployment } from './resources.ts';
import type { TablesServer } from './tables-server.ts';

export interface FunctionsOptions {
  readonly config: CordonConfig;
  readonly chance: Chance;
  /** Moves local time on instead of waiting. */
  readonly pause: NonNullable<Outside['pause']>;
  readonly world: World;
  readonly slack: SlackWorkspace;
  readonly vault: Vault;
  readonly tables: Pick<TablesServer, 'endpoint' | 'shortcut'>;
  /** Where the browser finds the step-up page. */
  readonly stepUpUrl: string;
  /** Where people sign in anew. */
  readonly issuer: Pick<LocalIssuer, 'fetch'>;
  /** Real milliseconds to wait for a modal that Slack does not know yet. */
  readonly viewPatienceMs?: number | undefined;
  readonly log: Outside['log'];
}

/** Who has Cordon's own bucket; all others, executor and worker too, use S3 with member roles. */
const keepsTheVault: readonly FunctionName[] = ['executor', 'tick', 'worker'];

const isOwnBucket = (input: object): boolean =>
  'Bucket' in input && input.Bucket === localDeployment.evidenceBucket;

/** The functions that design §2 lets talk to Slack. */
const talksToSlack: readonly FunctionName[] = ['web', 'notify', 'worker'];

/** The functions that check who signed in. */
const asksTheIssuer: readonly FunctionName[] = ['step-up', 'executor'];

const outsideOf = (options: FunctionsOptions, name: FunctionName): Outside => ({
  chance: options.chance,
  pause: options.pause,
  log: (line, facts) => options.log(line, { function: name, ...facts }),
  measure: (measures) => options.log('metrics', { function: name, ...measures }),
  credentials: { accessKeyId: `FUNCTION-${name}`, secretAccessKey: 'local' },
  ownCall: (call) => {
    const own = { ...call, accessKeyId: `FUNCTION-${name}` };
    return options.world.network(own, () => options.world.dispatch(own));
  },
  dynamoEndpoint: options.tables.endpoint,
  viewPatienceMs: options.viewPatienceMs ?? 500,
  // Asked for at each call: tests stand in between.
  slackFetch: talksToSlack.includes(name)
    ? (input, init) => options.slack.fetch(input, init)
    : noSlack(name),
  ...(asksTheIssuer.includes(name)
    ? { issuerFetch: (input, init) => options.issuer.fetch(input, init) }
    : {}),
  onClient: (client, service) => {
    if (service === 'dynamodb') {
      options.tables.shortcut(client);
      return guard(client, service, options.world);
    }
    if (service !== 's3' || !keepsTheVault.includes(name))
      return attach(client, service, options.world);
    attachBut(client, service, options.world, isOwnBucket);
    attachBucket(client, options.vault);
  },
});

const noSlack =
  (name: FunctionName): typeof globalThis.fetch =>
  async () => {
    throw new Error(`${name} may not talk to Slack`);
  };

const checkOf = (options: FunctionsOptions, name: 'worker' | 'executor') =>
  accountCheck(name, localDeployment, {
    outside: outsideOf(options, name),
    config: options.config,
  });

export const localFunctions = (options: FunctionsOptions) => {
  const deployment = { ...localDeployment, stepUpUrl: options.stepUpUrl };
  return {
    web: webFunction(deployment, outsideOf(options, 'web')),
    ingest: ingestFunction(deployment, outsideOf(options, 'ingest'), options.config),
    notify: notifyFunction(deployment, outsideOf(options, 'notify'), options.config),
    worker: workerFunction(deployment, outsideOf(options, 'worker'), options.config),
    executor: executorFunction(deployment, outsideOf(options, 'executor'), options.config),
    tick: tickFunction(deployment, outsideOf(options, 'tick'), options.config),
    stepUp: stepUpFunction(deployment, outsideOf(options, 'step-up'), options.config),
    /** What worker and executor answer the doctor. */
    check: {
      worker: checkOf(options, 'worker'),
      executor: checkOf(options, 'executor'),
      organization: organizationCheck(deployment, outsideOf(options, 'worker'), options.config),
    },
  };
};

export type LocalFunctions = ReturnType<typeof localFunctions>;
