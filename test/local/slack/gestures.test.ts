import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { UiError } from '../../../src/local/slack/ui-error.ts';
import { parseInteraction } from '../../../src/slack/interaction.ts';
import { verifySignature } from '../../../src/slack/signature.ts';
import {
  actions,
  button,
  channel,
  codeOf,
  createWorld,
  menu,
  reasonModal,
  section,
} from './client.ts';

type World = ReturnType<typeof createWorld>;

/** What the app would read, after checking the signature as the app does. */
const received = ({ slack, clock }: World, event: APIGatewayProxyEventV2) => {
  const rawBody = Buffer.from(event.body ?? '', 'base64');
  const { headers } = event;
  const secrets = [slack.signingSecret];
  expect(verifySignature({ rawBody, headers, secrets, nowSeconds: clock.now / 1000 }).kind).toBe(
    'verified',
  );
  const read = parseInteraction(rawBody.toString(), headers['content-type']);
  if (read.kind === 'malformed') throw new Error(read.because);
  return read;
};

const withCard = async () => {
  const world = createWorld();
  const blocks = [
    actions(button('approve', 'one'), menu('contain', 'isolate', 'key')),
    { ...actions(button('approve', 'two')), block_id: 'second' },
  ];
  const { ts = '' } = await world.client.chat.postMessage({ channel, text: 'card', blocks });
  return { ...world, ts };
};

const withModal = async (fields: Parameters<typeof reasonModal>[0] = {}) => {
  const world = await withCard();
  const read = received(
    world,
    world.slack.press({ user: 'U0MARIA', channel, ts: world.ts, action_id: 'approve' }).event,
  );
  const trigger_id = read.kind === 'block_actions' ? (read.triggerId ?? '') : '';
  const opened = await world.client.views.open({ trigger_id, view: reasonModal(fields) });
  return { ...world, trigger_id, view_id: opened.view?.id ?? '', hash: opened.view?.hash ?? '' };
};

const answer = (body: object | string = '', statusCode = 200) => ({
  statusCode,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const modals = ({ slack }: World, user = 'U0MARIA') => slack.state(user)['modals'];

test('a press is a signed click on the element that is drawn', async () => {
  const world = await withCard();
  const { event, settle } = world.slack.press({
    user: 'U0MARIA',
    channel,
    ts: world.ts,
    action_id: 'approve',
    value: 'two',
  });
  expect(event.isBase64Encoded).toBe(true);
  expect(received(world, event)).toMatchObject({
    kind: 'block_actions',
    user: { id: 'U0MARIA', team: 'T0CORDON' },
    channel,
    messageTs: world.ts,
    blockId: 'second',
    actionId: 'approve',
    value: 'two',
  });
  expect(settle(answer())).toEqual({ status: 200, body: '' });
  expect(settle(answer('', 404))).toMatchObject({ status: 404, problem: expect.any(String) });
});

test('a choice in a menu carries the option', async () => {
  const world = await withCard();
  const { event } = world.slack.press({
    user: 'U0LEE',
    channel,
    ts: world.ts,
    action_id: 'contain',
    value: 'key',
  });
  expect(received(world, event)).toMatchObject({ actionId: 'contain', value: 'key' });
});

test.each([
  ['an action that is not drawn', { action_id: 'undo' }, /undo is not drawn here/],
  ['a value that is not drawn', { action_id: 'approve', value: 'three' }, /does not offer three/],
  ['an option that is not offered', { action_id: 'contain', value: 'x' }, /does not offer x/],
  ['a menu without a choice', { action_id: 'contain' }, /does not offer/],
  ['a message that is not there', { ts: '1.000000' }, /there is no message/],
  ['one who left', { user: 'U0GONE' }, /nobody who can act/],
  ['the bot', { user: 'U0CORDON' }, /nobody who can act/],
])('refuses to press with %s', async (_, change, message) => {
  const { slack, ts } = await withCard();
  const press = { user: 'U0MARIA', channel, ts, action_id: 'approve', ...change };
  expect(() => slack.press(press)).toThrow(UiError);
  expect(() => slack.press(press)).toThrow(message);
});

test('an old screen still sends what it showed', async () => {
  const world = await withCard();
  const old = world.slack.message(channel, world.ts);
  await world.client.chat.update({
    channel,
    ts: world.ts,
    text: 'done',
    blocks: [section('no buttons')],
  });
  const press = { user: 'U0ANA', channel, ts: world.ts, action_id: 'approve' };
  const seen = { value: 'one', messageTs: world.ts };
  expect(received(world, world.slack.press(press).event)).toMatchObject(seen);
  expect(() => world.slack.press({ ...press, value: 'never drawn' })).toThrow(UiError);
  if (old === undefined) throw new Error('the card was never posted');
  expect(received(world, world.slack.press({ ...press, drawn: old }).event)).toMatchObject(seen);
});

test('any payload can be signed, so a test can replay or forge', async () => {
  const world = await withCard();
  const payload = {
    type: 'block_actions',
    user: { id: 'U0NOBODY', team_id: 'T0CORDON' },
    actions: [{ action_id: 'a', block_id: 'b', value: 'forged' }],
  };
  expect(received(world, world.slack.signed(payload))).toMatchObject({
    user: { id: 'U0NOBODY' },
    value: 'forged',
  });
});

test('a stranger comes with the team of the other workspace', async () => {
  const world = await withCard();
  const { event } = world.slack.press({
    user: 'U0STRANGER',
    channel,
    ts: world.ts,
    action_id: 'approve',
  });
  expect(received(world, event)).toMatchObject({ user: { id: 'U0STRANGER', team: 'T0OTHER' } });
});

test('an ephemeral message can be pressed by its person only', async () => {
  const world = await withCard();
  const { message_ts: ts = '' } = await world.client.chat.postEphemeral({
    channel,
    user: 'U0MARIA',
    text: 'x',
    blocks: [actions(button('ok', 'v'))],
  });
  expect(
    received(world, world.slack.press({ user: 'U0MARIA', channel, ts, action_id: 'ok' }).event),
  ).toMatchObject({ value: 'v' });
  expect(() => world.slack.press({ user: 'U0ANA', channel, ts, action_id: 'ok' })).toThrow(UiError);
});

test('a command is a form, and its answer is seen by its person only', () => {
  const world = createWorld();
  const { event, settle } = world.slack.command({ user: 'U0NOBODY', channel, text: 'status <x>' });
  expect(received(world, event)).toMatchObject({
    kind: 'command',
    text: 'status <x>',
    user: { id: 'U0NOBODY' },
  });
  expect(settle(answer('All quiet'))).toEqual({ status: 200, body: 'All quiet' });
  expect(settle(answer({ text: 'x', blocks: [{ type: 'nonsense' }] }))).toMatchObject({
    problem: expect.stringContaining('invalid_blocks'),
  });
  expect(world.slack.state('U0NOBODY')['ephemerals']).toMatchObject([
    { text: 'All quiet', channel },
  ]);
  expect(world.slack.state('U0ANA')['ephemerals']).toEqual([]);
});

test('a trigger opens one modal, within three seconds', async () => {
  const world = await withModal();
  const { client, clock, trigger_id, slack, ts } = world;
  expect(await codeOf(client.views.open({ trigger_id, view: reasonModal() }))).toBe(
    'exchanged_trigger_id',
  );
  const late = received(
    world,
    slack.press({ user: 'U0MARIA', channel, ts, action_id: 'approve' }).event,
  );
  clock.now += 3001;
  const second = late.kind === 'block_actions' ? (late.triggerId ?? '') : '';
  expect(await codeOf(client.views.open({ trigger_id: second, view: reasonModal() }))).toBe(
    'expired_trigger_id',
  );
});

test('at most three modals are stacked, and two never share an external_id', async () => {
  const world = await withModal({ external_id: 'digest' });
  const open = async (external_id: string) => {
    const { view_id } = world;
    const choice = { user: 'U0MARIA', view_id, action_id: 'pick', value: 'stolen' };
    const read = received(world, world.slack.pressInView(choice).event);
    const trigger_id = read.kind === 'block_actions' ? (read.triggerId ?? '') : '';
    return codeOf(world.client.views.open({ trigger_id, view: reasonModal({ external_id }) }));
  };
  expect(await open('digest')).toBe('duplicate_external_id');
  expect(await open('b')).toBe('ok');
  expect(await open('c')).toBe('ok');
  expect(await open('d')).toBe('push_limit_reached');
});

test('whoever presses a button of a message has closed the modals over it', async () => {
  const world = await withModal();
  world.slack.press({ user: 'U0MARIA', channel, ts: world.ts, action_id: 'approve' });
  expect(world.slack.state('U0MARIA')['modals']).toEqual([]);
});

test('a modal is filled by its external_id or id, and not over a newer state', async () => {
  const { client, hash, view_id } = await withModal({ external_id: 'digest' });
  const view = reasonModal({ external_id: 'digest' });
  expect(await codeOf(client.views.update({ external_id: 'digest', hash, view }))).toBe('ok');
  expect(await codeOf(client.views.update({ view_id, hash, view }))).toBe('hash_conflict');
  expect(await codeOf(client.views.update({ view_id, view }))).toBe('ok');
});

test('a submission carries every input, also those chosen before', async () => {
  const world = await withModal();
  const { slack, view_id } = world;
  received(
    world,
    slack.pressInView({ user: 'U0MARIA', view_id, action_id: 'pick', value: 'stolen' }).event,
  );
  const { event } = slack.submit({
    user: 'U0MARIA',
    view_id,
    values: { words: { text: 'a: "b"' } },
  });
  expect(received(world, event)).toMatchObject({
    kind: 'view_submission',
    viewId: view_id,
    callbackId: 'plan',
    privateMetadata: 'opaque',
    values: { reason: { pick: 'stolen' }, words: { text: 'a: "b"' } },
  });
});

test.each([
  ['a required input empty', {}, /reason\/pick must be filled in/],
  [
    'too much text',
    { reason: { pick: 'test' }, words: { text: 'x'.repeat(21) } },
    /longer than 20/,
  ],
  ['an option that is not offered', { reason: { pick: 'x' } }, /does not offer x/],
  ['a block that is not there', { other: { pick: 'test' } }, /not drawn/],
])('Slack itself does not submit %s', async (_, values, message) => {
  const { slack, view_id } = await withModal();
  expect(() => slack.submit({ user: 'U0MARIA', view_id, values })).toThrow(message);
});

test("nobody submits somebody else's modal", async () => {
  const { slack, view_id } = await withModal();
  expect(() => slack.submit({ user: 'U0ANA', view_id, values: {} })).toThrow(
    'is not open for U0ANA',
  );
});

const submitted = async () => {
  const world = await withModal();
  const { slack, view_id } = world;
  const { settle } = slack.submit({
    user: 'U0MARIA',
    view_id,
    values: { reason: { pick: 'test' } },
  });
  return { world, settle };
};

test('the answer to a submission closes, clears, updates, stacks or marks the modal', async () => {
  const done = await submitted();
  expect(done.settle(answer())).toEqual({ status: 200, body: '' });
  expect(modals(done.world)).toEqual([]);

  const errors = await submitted();
  errors.settle(answer({ response_action: 'errors', errors: { reason: 'Say more' } }));
  expect(modals(errors.world)).toMatchObject([{ errors: { reason: 'Say more' } }]);

  const updated = await submitted();
  const view = {
    type: 'modal',
    title: { type: 'plain_text', text: 'Running' },
    blocks: [section('…')],
  };
  updated.settle(answer({ response_action: 'update', view }));
  expect(modals(updated.world)).toMatchObject([
    { view: { title: { text: 'Running' } }, errors: {} },
  ]);

  const pushed = await submitted();
  pushed.settle(answer({ response_action: 'push', view }));
  expect(modals(pushed.world)).toHaveLength(2);
  pushed.settle(answer({ response_action: 'clear' }));
  expect(modals(pushed.world)).toEqual([]);
});

test('closing a stacked modal shows the one below again', async () => {
  const { world, settle } = await submitted();
  settle(answer({ response_action: 'push', view: reasonModal() }));
  const open = world.slack.state('U0MARIA')['modals'];
  const top = Array.isArray(open) ? String(open.at(-1)?.id) : '';
  expect(top).not.toBe(world.view_id);
  world.slack.close({ user: 'U0MARIA', view_id: top });
  expect(modals(world)).toMatchObject([{ id: world.view_id }]);
});

test.each([
  ['a failure', answer('', 500), /trouble connecting/],
  ['an unknown action', answer({ response_action: 'x' }), /unknown response_action x/],
  [
    'an error on no block',
    answer({ response_action: 'errors', errors: { b9: 'x' } }),
    /b9 is not an input block/,
  ],
  [
    'a view that Slack refuses',
    answer({ response_action: 'update', view: { type: 'modal' } }),
    /invalid_arguments/,
  ],
])('the person sees that the answer was %s, and the modal stays', async (_, response, problem) => {
  const { world, settle } = await submitted();
  expect(settle(response).problem).toMatch(problem);
  expect(modals(world)).toHaveLength(1);
});

test('closing tells the app only when it asked, and a closed modal is gone for good', async () => {
  const silent = await withModal();
  expect(silent.slack.close({ user: 'U0MARIA', view_id: silent.view_id })).toBeUndefined();
  expect(
    await codeOf(silent.client.views.update({ view_id: silent.view_id, view: reasonModal() })),
  ).toBe('not_found');
  const told = await withModal({ notify_on_close: true });
  const closed = told.slack.close({ user: 'U0MARIA', view_id: told.view_id });
  if (closed === undefined) throw new Error('the app was not told');
  expect(received(told, closed.event)).toMatchObject({ kind: 'view_closed', viewId: told.view_id });
  expect(modals(told)).toEqual([]);
});

test('says when something changed', async () => {
  const { changes, slack, view_id } = await withModal();
  const before = changes.count;
  slack.close({ user: 'U0MARIA', view_id });
  expect(changes.count).toBe(before + 1);
});
