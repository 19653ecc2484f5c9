/** What the checks after a deployment look at: Cordon's own account, its functions and Slack. */
import type { Deployment } from '../../app/deployment.ts';
import type { functionSettings } from '../../app/function-settings.ts';
import type { SlackSecret } from '../../app/slack-secret.ts';
import type { CordonConfig } from '../../config/config.ts';

/** As every SDK client takes it. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

export interface SlackAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly header: (name: string) => string | undefined;
}

type FunctionName = keyof typeof functionSettings;

export interface Site {
  readonly config: CordonConfig;
  /** Of the security account, in the home region. */
  readonly aws: ClientConfig;
  /** From the environment of a deployed function. Throws where there is none. */
  readonly deployment: () => Promise<Deployment>;
  readonly secret: () => Promise<SlackSecret>;
  /** One Web API method with the bot's token. Throws when Slack cannot be reached. */
  readonly slack: (method: string, args?: Readonly<Record<string, string>>) => Promise<SlackAnswer>;
  readonly invoke: (name: FunctionName, event: object) => Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
