/** A story's stage: the local world, driven through signed requests, pumps and clock only. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config as exampleConfig } from '../../cordon.config.ts';
import { folderVault } from '../../src/audit/folder-vault.ts';
import { HEADS, SEGMENTS } from '../../src/audit/seal.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { ownersTable } from '../../src/cli/start.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import {
  createLocalWorld,
  type LocalWorld,
  type LocalWorldOptions,
} from '../../src/local/local-world.ts';
import { scenarios } from '../../src/local/scenarios/index.ts';
import { auditLog } from '../../src/store/audit-log.ts';

export const people = {
  maria: 'U0MARIA',
  ana: 'U0ANA',
  anaAgain: 'U0ANA2',
  lee: 'U0LEE',
  guest: 'U0GUEST',
  nobody: 'U0NOBODY',
  stranger: 'U0STRANGER',
} as const;

export interface DrawnMessage {
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly replies: readonly DrawnMessage[];
  readonly reply_broadcast: boolean;
}

type Block = { readonly type: string; readonly [key: string]: unknown };

interface State {
  readonly channels: readonly { readonly messages: readonly DrawnMessage[] }[];
  readonly modals: readonly {
    readonly id: string;
    readonly user: string;
    readonly view: { readonly blocks: readonly Block[]; readonly callback_id: string };
  }[];
  readonly ephemerals: readonly {
    readonly user: string;
    readonly blocks: readonly Block[];
    readonly text: string;
  }[];
}

/** Every text in a block tree, in reading order. */
export const wordsIn = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' && typeof inner === 'string' ? inner : wordsIn(inner)))
    .filter(Boolean)
    .join(' ');
};

const channel = 'C0SECURITY';

export interface Play {
  readonly world: LocalWorld;
  cards(): readonly DrawnMessage[];
  card(): DrawnMessage;
  thread(): readonly DrawnMessage[];
  /** The newest message in the thread that has this control. */
  withControl(actionId: string): DrawnMessage;
  controls(message: DrawnMessage): readonly string[];
  scenario(id: string): Promise<void>;
  press(user: string, actionId: string, message?: DrawnMessage): ReturnType<LocalWorld['gesture']>;
  /** Chooses the entry of the card's menu whose text contains `label`. */
  choose(user: string, label: string): ReturnType<LocalWorld['gesture']>;
  modal(user: string): string;
  submit(
    user: string,
    reason?: string,
    more?: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ): ReturnType<LocalWorld['gesture']>;
  told(user: string): string;
  audit(): Promise<readonly string[]>;
  auditIntact(): Promise<boolean>;
  groupsOf(eni: string): readonly string[];
  keyStatus(id: string): string | undefined;
  mutations(): readonly string[];
  close(): Promise<void>;
}

const state = (world: LocalWorld): State => world.slack.state() as unknown as State;

const buttonsOf = (message: { readonly blocks: readonly Block[] }) =>
  message.blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(
      (block) =>
        block['elements'] as readonly {
          action_id: string;
          options?: readonly { text: { text: string }; value: string }[];
        }[],
    );

/** Operations that change something in a member or security account. */
const mutating =
  /^(ec2:(Modify|Create|Revoke|Authorize)|iam:Update|guardduty:(A|Una)rchive|securityhub:BatchUpdate)/;

export const play = async (
  options: {
    readonly config?: CordonConfig;
    readonly wrap?: LocalWorldOptions['wrap'];
    readonly start?: string;
  } = {},
): Promise<Play> => {
  let made = 0;
  const world = await createLocalWorld({
    config: options.config ?? exampleConfig,
    vault: folderVault(mkdtempSync(join(tmpdir(), 'cordon-vault-'))),
    start: Date.parse(options.start ?? '2026-11-22T09:00:00Z'),
    realTime: false,
    newId: () => {
      made += 1;
      return `id${String(made).padStart(20, '0')}`;
    },
    tickWhenIdle: true,
    ...(options.wrap ? { wrap: options.wrap } : {}),
  });
  const chain = auditLog(ownersTable(world));
  const messages = () => state(world).channels[0]?.messages ?? [];
  const cards = () => messages().filter((message) => !message.reply_broadcast);
  const card = () => {
    const [first] = cards();
    if (!first) throw new Error('there is no card');
    return first;
  };
  const sealed = async (prefix: string) =>
    Promise.all(
      (await world.vault.list(prefix, '')).map(async (key) => ({
        key,
        body: (await world.vault.get(key)) ?? '',
      })),
    );
  const entries = () => chain.range(1, 1_000_000);
  const modal = (user: string): string => {
    const open = state(world).modals.findLast((one) => one.user === user);
    if (!open) throw new Error(`${user} has no modal open`);
    return open.id;
  };
  const controls = (message: DrawnMessage) => buttonsOf(message).map(({ action_id }) => action_id);
  const thread = () => card().replies;
  return {
    world,
    cards,
    card,
    thread,
    controls,
    withControl(actionId) {
      const found = thread().findLast((message) => controls(message).includes(actionId));
      if (!found) throw new Error(`no message with ${actionId}`);
      return found;
    },
    async scenario(id) {
      await scenarios.find((one) => one.id === id)?.run(world);
    },
    press: (user, action_id, message = card()) =>
      world.gesture(world.slack.press({ user, channel, ts: message.ts, action_id })),
    choose(user, label) {
      const option = buttonsOf(card())
        .find(({ action_id }) => action_id === 'more')
        ?.options?.find(({ text }) => text.text.includes(label));
      return world.gesture(
        world.slack.press({
          user,
          channel,
          ts: card().ts,
          action_id: 'more',
          value: option?.value ?? '',
        }),
      );
    },
    modal,
    submit: (user, reason = 'suspected', more = {}) =>
      world.gesture(
        world.slack.submit({
          user,
          view_id: modal(user),
          values: { reason: { 'reason-code': reason }, ...more },
        }),
      ),
    told: (user) => {
      const { modals, ephemerals } = state(world);
      return wordsIn([
        modals.findLast((one) => one.user === user)?.view ?? [],
        ephemerals.findLast((one) => one.user === user)?.blocks ?? [],
      ]);
    },
    audit: async () => (await entries()).map(({ kind }) => kind),
    async auditIntact() {
      const verdict = verifyAudit({
        entries: await entries(),
        segments: await sealed(SEGMENTS),
        heads: await sealed(HEADS),
      });
      return verdict.kind === 'intact';
    },
    groupsOf: (eni) =>
      world.aws.partition('123456789012', 'eu-west-1').interfaces.get(eni)?.groups ?? [],
    keyStatus: (id) =>
      world.aws
        .account('123456789012')
        .users.get('ci-deploy')
        ?.keys.find((key) => key.id === id)?.status,
    mutations: () =>
      world.aws.calls
        .filter(
          ({ service, operation, error }) => !error && mutating.test(`${service}:${operation}`),
        )
        .map(({ service, operation }) => `${service}:${operation}`),
    close: () => world.close(),
  };
};
