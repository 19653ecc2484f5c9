/** The local world's documented HTTP API (docs/local-world.md), as a table of routes. */
import { reviewText } from '../app/review.ts';
import { HEADS, SEGMENTS } from '../audit/seal.ts';
import { auditLog } from '../store/audit-log.ts';
import type { Table } from '../store/table.ts';
import { exportOf } from './export-of.ts';
import type { LocalWorld } from './local-world.ts';
import { modalValues } from './modal-values.ts';
import { scenarios } from './scenarios/index.ts';
import { shownAws } from './shown-aws.ts';
import { UiError } from './slack/ui-error.ts';

/** Wrong input, with what to do instead. */
export class BadRequest extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'BadRequest';
    this.hint = hint;
  }
}

type Body = { readonly [key: string]: unknown };

interface ApiCall {
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export type Route = (call: ApiCall) => Promise<unknown>;

const object = (body: unknown): Body => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new BadRequest('the body must be a JSON object', 'see docs/local-world.md');
  return body as Body;
};

const text = (body: Body, key: string): string => {
  const value = body[key];
  if (typeof value !== 'string' || value === '')
    throw new BadRequest(`\`${key}\` must be a text`, 'see docs/local-world.md');
  return value;
};

const optionalText = (body: Body, key: string): { readonly [name: string]: string } =>
  body[key] === undefined ? {} : { [key]: text(body, key) };

const optionalNumber = (body: Body, key: string): { readonly [name: string]: number } => {
  const value = body[key];
  if (value === undefined) return {};
  if (typeof value !== 'number' || !(value >= 0) || !Number.isFinite(value))
    throw new BadRequest(`\`${key}\` must be a number, zero or more`, 'see docs/local-world.md');
  return { [key]: value };
};

const events = async (world: LocalWorld, body: unknown): Promise<unknown> => {
  const list = Array.isArray(body) ? body : [body];
  const odd = list.findIndex((event) => typeof event !== 'object' || event === null);
  if (odd >= 0)
    throw new BadRequest(`event ${odd} is no JSON object`, 'send one event or an array of events');
  if (list.length > 20_000)
    throw new BadRequest('more than 20,000 events at once', 'send them in several requests');
  return world.events(list);
};

const act = (world: LocalWorld, body: Body) => {
  const press = {
    user: text(body, 'user'),
    action_id: text(body, 'action_id'),
    ...optionalText(body, 'value'),
  };
  return world.gesture(
    body['view_id'] === undefined
      ? world.slack.press({ ...press, channel: text(body, 'channel'), ts: text(body, 'ts') })
      : world.slack.pressInView({ ...press, view_id: text(body, 'view_id') }),
  );
};

const say = (world: LocalWorld, body: Body) =>
  world.gesture(
    world.slack.say({
      user: text(body, 'user'),
      channel: text(body, 'channel'),
      thread_ts: text(body, 'thread_ts'),
      text: text(body, 'text'),
    }),
  );

const submit = (world: LocalWorld, body: Body) => {
  const values = modalValues(body['values'] ?? {});
  if (!values)
    throw new BadRequest(
      "`values` must be { block_id: { action_id: text } }, or Slack's state.values",
      'see docs/local-world.md',
    );
  return world.gesture(
    world.slack.submit({ user: text(body, 'user'), view_id: text(body, 'view_id'), values }),
  );
};

/** The raw Slack request that web puts on `jobs` stays out of every log, this one too. */
const withoutPayload = (call: LocalWorld['aws']['calls'][number]) =>
  call.service === 'sqs' ? { ...call, input: { ...call.input, MessageBody: '(not shown)' } } : call;

const awsKinds = ['error', 'throttle', 'deny', 'timeout', 'delay', 'stale'] as const;
const slackKinds = ['error', 'throttle', 'timeout', 'delay'] as const;

const oneOf = <K extends string>(value: string, kinds: readonly K[]): K => {
  const kind = kinds.find((known) => known === value);
  if (!kind) throw new BadRequest(`unknown kind ${value}`, `one of ${kinds.join(', ')}`);
  return kind;
};

const faults = async (world: LocalWorld, body: Body): Promise<unknown> => {
  if (body['clear'] === true) {
    world.aws.faults.clear();
    world.slack.faults.clear();
  } else {
    const extras = { ...optionalNumber(body, 'count'), ...optionalNumber(body, 'delayMs') };
    const kind = text(body, 'kind');
    if (body['method'] !== undefined)
      world.slack.faults.add({
        method: text(body, 'method'),
        kind: oneOf(kind, slackKinds),
        ...extras,
      });
    else
      world.aws.faults.add({
        ...optionalText(body, 'service'),
        ...optionalText(body, 'operation'),
        kind: oneOf(kind, awsKinds),
        ...extras,
      });
  }
  return activeFaults(world);
};

const activeFaults = (world: LocalWorld) => ({
  faults: [...world.aws.faults.list(), ...world.slack.faults.list()],
});

const advance = async (world: LocalWorld, body: Body): Promise<unknown> => {
  const { seconds } = optionalNumber(body, 'seconds');
  if (seconds === undefined || seconds > 31_536_000)
    throw new BadRequest('`seconds` must be between 0 and 31,536,000', 'at most a year at once');
  await world.advance(seconds);
  return now(world);
};

const now = (world: LocalWorld) => ({ now: new Date(world.clock.now()).toISOString() });

const sealed = async (world: LocalWorld, prefix: string) => {
  const keys = await world.vault.list(prefix, '');
  return Promise.all(keys.map(async (key) => ({ key, body: (await world.vault.get(key)) ?? '' })));
};

/** Seals first: whatever is chained in between is then newer, not missing. */
const audit = async (world: LocalWorld, chain: Table): Promise<unknown> => {
  const heads = await sealed(world, HEADS);
  const segments = await sealed(world, SEGMENTS);
  const entries = await auditLog(chain).range(1, 999_999_999_999);
  return { entries, segments, heads };
};

const exported = async (world: LocalWorld, id: string): Promise<unknown> => {
  const bundle = await exportOf(world, id);
  if (!bundle) throw new BadRequest(`there is no case ${id}`, 'its id stands under its card');
  return bundle;
};

const balance = async (world: LocalWorld, query: URLSearchParams): Promise<unknown> => {
  const hours = Number(query.get('hours') ?? 24);
  if (!(hours > 0 && hours <= 2_160))
    throw new BadRequest(
      '`hours` must be more than 0, and 2,160 at most',
      '24 is what is taken without it',
    );
  return world.balance(hours);
};

const review = async (world: LocalWorld, query: URLSearchParams): Promise<unknown> => {
  const caseId = query.get('case') ?? '';
  const { config, owners, clock } = world;
  const markdown = await reviewText(owners, { config, caseId, now: clock.now() });
  if (markdown === undefined)
    throw new BadRequest(`there is no case ${caseId}`, 'its id stands under every card');
  return { markdown };
};

const runScenario = async (world: LocalWorld, id: string): Promise<unknown> => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new BadRequest(`unknown scenario ${id}`, 'GET /scenarios lists them');
  await scenario.run(world);
  await world.idle();
  return { ran: id };
};

/** By `METHOD /path`. */
export const routes = (world: LocalWorld, chain: Table): Readonly<Record<string, Route>> => ({
  'POST /events': ({ body }) => events(world, body),
  'GET /slack/state': async ({ query }) => world.slack.state(query.get('user') ?? undefined),
  'POST /slack/act': ({ body }) => act(world, object(body)),
  'POST /slack/say': ({ body }) => say(world, object(body)),
  'POST /slack/canvas': async ({ body }) => {
    const writing = object(body);
    world.slack.writeCanvas({
      user: text(writing, 'user'),
      canvas: text(writing, 'canvas'),
      markdown: text(writing, 'markdown'),
    });
    return { written: text(writing, 'canvas') };
  },
  'POST /slack/submit': ({ body }) => submit(world, object(body)),
  'POST /slack/close': ({ body }) => {
    const { user, view_id } = {
      user: text(object(body), 'user'),
      view_id: text(object(body), 'view_id'),
    };
    return world.gesture(world.slack.close({ user, view_id }));
  },
  'POST /slack/home': ({ body }) =>
    world.gesture(world.slack.openHome({ user: text(object(body), 'user') })),
  'POST /slack/shortcut': ({ body }) => {
    const use = object(body);
    return world.gesture(
      world.slack.shortcut({
        user: text(use, 'user'),
        channel: text(use, 'channel'),
        ts: text(use, 'ts'),
        callback_id: text(use, 'callback_id'),
      }),
    );
  },
  'POST /slack/command': ({ body }) => {
    const command = object(body);
    const said = command['text'];
    return world.gesture(
      world.slack.command({
        user: text(command, 'user'),
        channel: text(command, 'channel'),
        text: typeof said === 'string' ? said : '',
      }),
    );
  },
  'GET /aws/state': () => shownAws(world),
  'GET /aws/calls': async ({ query }) => ({
    calls: world.aws.calls
      .filter((call) => call.n > Number(query.get('since') ?? 0))
      .map(withoutPayload),
  }),
  'GET /clock': async () => now(world),
  'POST /clock/advance': ({ body }) => advance(world, object(body)),
  'GET /faults': async () => activeFaults(world),
  'POST /faults': ({ body }) => faults(world, object(body)),
  'POST /export': ({ body }) => exported(world, text(object(body), 'case')),
  'GET /scenarios': async () => ({
    scenarios: scenarios.map(({ id, title, description }) => ({ id, title, description })),
  }),
  ...Object.fromEntries(
    scenarios.map(({ id }) => [`POST /scenarios/${id}`, () => runScenario(world, id)]),
  ),
  'GET /review': ({ query }) => review(world, query),
  'GET /audit': () => audit(world, chain),
  'GET /balance': ({ query }) => balance(world, query),
  'GET /pager': async () => ({ pages: world.pager.pages }),
  'GET /queues': async () => ({
    queues: world.queues.depth(),
    executions: world.executions.status(),
  }),
});

/** What a person can mend is a 4xx with a hint; the rest is a fault of the local world. */
export const errorAnswer = (error: unknown): { readonly status: number; readonly body: object } => {
  if (error instanceof BadRequest || error instanceof UiError)
    return { status: 400, body: { error: error.message, hint: error.hint } };
  return {
    status: 500,
    body: {
      error: error instanceof Error ? error.message : 'unknown',
      hint: 'a fault of the local world itself; the terminal has more',
    },
  };
};
