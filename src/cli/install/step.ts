/** What a step of `cordon install` is, and what it works with. */
import type { CordonConfig } from '../../config/config.ts';
import type { SlackAnswer } from '../doctor/site.ts';

export interface Question {
  /** Also the key in an answers file. */
  readonly id: string;
  readonly text: string;
  /** Never kept in the state file, never shown while typed. */
  readonly secret?: boolean;
  /** What an empty answer means. */
  readonly otherwise?: string;
  /** What is wrong with an answer; undefined when it will do. */
  readonly problem?: (answer: string) => string | undefined;
}

/** Why a step cannot go on, and what to do; running the command again begins with this step. */
export class StepProblem extends Error {
  readonly remedy: string;
  constructor(says: string, remedy: string) {
    super(says);
    this.name = 'StepProblem';
    this.remedy = remedy;
  }
}

/** What is known so far; written to the state file after each step. No secret is in it. */
export interface Known {
  readonly done: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
}

/** AWS, as the installing person's credentials reach it. */
export interface Cloud {
  /** The account of the credentials. Throws where there are none. */
  account(): Promise<string>;
  /** Builds the functions with this configuration and synthesises; answers folders with `*.zip` and templates. */
  make(configFile: string): Promise<{ readonly zips: string; readonly templates: string }>;
  /** Every file of the folder that ends so, to `prefix` in the bucket. */
  upload(
    folder: string,
    to: { readonly bucket: string; readonly prefix: string },
    ending: string,
  ): Promise<void>;
  /** Creates or updates the stack from a template in the bucket; answers its outputs. */
  deploy(stack: {
    readonly name: string;
    readonly bucket: string;
    readonly key: string;
    /** The same template on disk. */
    readonly file: string;
    /** The home region when absent. */
    readonly region?: string;
    readonly parameters: Readonly<Record<string, string>>;
  }): Promise<Readonly<Record<string, string>>>;
  putSecret(id: string, value: string): Promise<void>;
}

export interface Context {
  readonly ask: (question: Question) => Promise<string>;
  readonly say: (text: string) => void;
  /** Facts of the steps before. */
  readonly fact: (name: string) => string;
  readonly knows: (name: string) => boolean;
  readonly learn: (name: string, value: string) => void;
  readonly slack: (
    token: string,
  ) => (method: string, args?: Readonly<Record<string, string>>) => Promise<SlackAnswer>;
  readonly cloud: Cloud;
  readonly configFile: string;
  readonly manifestFile: string;
  /** Where files for the person go: `.cordon`. */
  readonly folder: string;
  readonly newId: () => string;
  /** Looks at the finished installation; answers what is broken, in lines. */
  readonly examine: (config: CordonConfig) => Promise<readonly string[]>;
}

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly run: (context: Context) => Promise<void>;
}
