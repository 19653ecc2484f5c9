import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInteraction } from '../../src/slack/interaction.ts';

const form = 'application/x-www-form-urlencoded';
const parse = (payload: object) =>
  parseInteraction(`payload=${encodeURIComponent(JSON.stringify(payload))}`, form);

const person = {
  team: { id: 'T0CORDON', domain: 'example-corp' },
  user: { id: 'U0MARIA', name: 'ana', username: 'ana', team_id: 'T0CORDON' },
  enterprise: null,
  trigger_id: '1.2.abc',
};
const click = {
  ...person,
  type: 'block_actions',
  container: {
    type: 'message',
    message_ts: '1.000200',
    channel_id: 'C0SECURITY',
    thread_ts: '1.000100',
  },
  channel: { id: 'C0SECURITY', name: 'x' },
  message: { ts: '1.000200', thread_ts: '1.000100', text: 'x' },
  response_url: 'https://hooks.slack.com/actions/x',
  actions: [
    { type: 'button', action_id: 'approve', block_id: 'b1', value: 'opaque', action_ts: '1.1' },
  ],
};
const view = {
  id: 'V1',
  hash: 'h1',
  type: 'modal',
  callback_id: 'plan',
  private_metadata: 'token',
  state: {
    values: {
      reason: { text: { type: 'plain_text_input', value: 'because: "a", <b>\nline' } },
      why: { pick: { type: 'static_select', selected_option: { text: {}, value: 'stolen' } } },
      also: { boxes: { type: 'checkboxes', selected_options: [{ value: 'x' }, { value: 'y' }] } },
      empty: {
        text: { type: 'plain_text_input', value: null },
        pick: { type: 'static_select', selected_option: null },
      },
    },
  },
};

test('reads a click in a message', () => {
  expect(parse(click)).toEqual({
    kind: 'block_actions',
    user: { id: 'U0MARIA', team: 'T0CORDON', stranger: false },
    team: 'T0CORDON',
    enterprise: undefined,
    triggerId: '1.2.abc',
    blockId: 'b1',
    actionId: 'approve',
    value: 'opaque',
    responseUrl: 'https://hooks.slack.com/actions/x',
    channel: 'C0SECURITY',
    messageTs: '1.000200',
    threadTs: '1.000100',
    ephemeral: false,
    view: undefined,
    values: {},
  });
});

test('reads the option chosen in a menu, and a control in a modal', () => {
  const actions = [
    {
      type: 'static_select',
      action_id: 'contain',
      block_id: 'b',
      selected_option: { value: 'isolate' },
    },
  ];
  expect(
    parse({
      ...person,
      type: 'block_actions',
      container: { type: 'view', view_id: 'V1' },
      view,
      actions,
    }),
  ).toMatchObject({
    actionId: 'contain',
    value: 'isolate',
    channel: undefined,
    messageTs: undefined,
    view: { viewId: 'V1', viewHash: 'h1', privateMetadata: 'token' },
  });
});

test('reads a submission with its text byte for byte, and leaves out what is empty', () => {
  expect(parse({ ...person, type: 'view_submission', view })).toEqual({
    kind: 'view_submission',
    user: { id: 'U0MARIA', team: 'T0CORDON', stranger: false },
    team: 'T0CORDON',
    enterprise: undefined,
    triggerId: '1.2.abc',
    surface: 'modal',
    viewId: 'V1',
    viewHash: 'h1',
    callbackId: 'plan',
    privateMetadata: 'token',
    values: {
      reason: { text: 'because: "a", <b>\nline' },
      why: { pick: 'stolen' },
      also: { boxes: 'x,y' },
      empty: {},
    },
  });
});

test('reads a command, an event, a closed modal, a verification and an SSL check', () => {
  const command =
    'command=%2Fcordon&text=why+x&user_id=U0MARIA&user_name=ana&team_id=T0CORDON&channel_id=C0SECURITY&trigger_id=1.2';
  expect(parseInteraction(command, `${form}; charset=utf-8`)).toMatchObject({
    kind: 'command',
    user: { id: 'U0MARIA', team: 'T0CORDON' },
    command: '/cordon',
    text: 'why x',
    channel: 'C0SECURITY',
  });
  const event = {
    type: 'event_callback',
    event_id: 'Ev1',
    team_id: 'T0CORDON',
    event: { type: 'app_home_opened' },
  };
  expect(parseInteraction(JSON.stringify(event), 'application/json')).toEqual({
    kind: 'event',
    eventId: 'Ev1',
    eventType: 'app_home_opened',
    team: 'T0CORDON',
  });
  expect(parse({ ...person, type: 'view_closed', view })).toMatchObject({
    kind: 'view_closed',
    surface: 'modal',
    viewId: 'V1',
  });
  expect(
    parseInteraction('{"type":"url_verification","challenge":"c"}', 'application/json'),
  ).toEqual({ kind: 'url_verification', challenge: 'c' });
  expect(parseInteraction('ssl_check=1', form)).toEqual({ kind: 'ssl_check' });
  expect(parse({ ...person, type: 'shortcut' })).toEqual({ kind: 'other', type: 'shortcut' });
});

test('tells a person of another workspace by the team, and an unknown team as unknown', () => {
  expect(parse({ ...click, user: { ...person.user, team_id: 'T0OTHER' } })).toMatchObject({
    user: { team: 'T0OTHER' },
    team: 'T0CORDON',
  });
  expect(parse({ ...click, user: { id: 'U0MARIA' } })).toMatchObject({ user: { team: undefined } });
  expect(parse({ ...click, user: { ...person.user, is_stranger: true } })).toMatchObject({
    user: { stranger: true },
  });
});

test.each<[string, object]>([
  ['no user', { ...click, user: undefined }],
  ['a user id that is a number', { ...click, user: { id: 7 } }],
  ['no action', { ...click, actions: [] }],
  ['two actions', { ...click, actions: [...click.actions, ...click.actions] }],
  ['an action without id', { ...click, actions: [{ block_id: 'b' }] }],
  [
    'an overlong value',
    { ...click, actions: [{ ...click.actions[0], value: 'x'.repeat(12_001) }] },
  ],
  ['an overlong id', { ...click, user: { id: 'U'.repeat(256) } }],
  [
    'overlong metadata',
    { ...person, type: 'view_submission', view: { ...view, private_metadata: 'x'.repeat(3001) } },
  ],
  [
    'values that are no object',
    { ...person, type: 'view_submission', view: { ...view, state: { values: [] } } },
  ],
  ['no view', { ...person, type: 'view_submission' }],
])('calls a payload with %s malformed, and does not quote it', (_, payload) => {
  const read = parse(payload);
  expect(read.kind).toBe('malformed');
  expect(JSON.stringify(read)).not.toMatch(/UUU|xxx/);
});

test('a block called __proto__ is just another block', () => {
  const state = JSON.parse(
    '{"values":{"__proto__":{"polluted":{"type":"plain_text_input","value":"x"}}}}',
  );
  const read = parse({ ...person, type: 'view_submission', view: { ...view, state } });
  expect(read.kind === 'view_submission' && Object.keys(read.values)).toEqual(['__proto__']);
  expect('polluted' in {}).toBe(false);
});

test('never throws, whatever the body', () => {
  const types = fc.constantFrom(
    'block_actions',
    'view_submission',
    'view_closed',
    'event_callback',
    'url_verification',
    undefined,
  );
  const anything = fc.record(
    {
      type: types,
      user: fc.json().map((text): unknown => JSON.parse(text)),
      actions: fc.anything(),
      view: fc.anything(),
      state: fc.anything(),
      event: fc.anything(),
      command: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(anything, (payload) => {
      const text = JSON.stringify(payload, (_, value) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      expect(parseInteraction(text, 'application/json')).toHaveProperty('kind');
    }),
  );
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom(form, 'application/json', '', undefined),
      (body, type) => {
        expect(parseInteraction(body, type)).toHaveProperty('kind');
      },
    ),
  );
});
