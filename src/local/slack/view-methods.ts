/** views.open, views.update, views.publish. Facts: https://docs.slack.dev/reference/methods/views.open */
import { type Field, isRecord, optional } from '../../slack/payload.ts';
import { demandValid, SlackApiError } from './api-error.ts';
import type { Method } from './chat-methods.ts';
import { initialState, withBlockIds } from './drawn.ts';
import { type Memory, type OpenView, putView } from './memory.ts';
import { bot, team } from './people.ts';

const triggerLifeMs = 3000;
const deepestStack = 3;
const largestView = 250_000;

/** The view as Slack shows it in answers and payloads. */
export const apiView = (open: OpenView): Field => ({
  private_metadata: '',
  callback_id: '',
  clear_on_close: false,
  notify_on_close: false,
  close: null,
  submit: null,
  ...open.view,
  id: open.id,
  team_id: team.id,
  hash: open.hash,
  external_id: open.external_id,
  root_view_id: open.root,
  previous_view_id: open.previous ?? null,
  state: { values: open.entered },
  app_id: bot.app,
  app_installed_team_id: team.id,
  bot_id: bot.id,
});

const viewOf = (args: Field, surface: 'modal' | 'home'): Field => {
  const view = args['view'];
  if (!isRecord(view)) throw new SlackApiError('invalid_arguments');
  demandValid(surface, view);
  if (JSON.stringify(view).length > largestView) throw new SlackApiError('view_too_large');
  return view;
};

const contentOf = (memory: Memory, given: Field) => {
  const view = { ...given, blocks: withBlockIds(given['blocks'], memory.next) };
  return {
    view,
    hash: `${Math.floor(memory.now() / 1000)}.${memory.next()}`,
    external_id: optional(given, 'external_id', 255) ?? '',
    entered: initialState(view.blocks),
    errors: {},
  };
};

const refuseTakenExternalId = (memory: Memory, given: Field, self?: string): void => {
  const taken = memory.modals.some(
    (open) =>
      open.external_id !== '' && open.external_id === given['external_id'] && open.id !== self,
  );
  if (taken) throw new SlackApiError('duplicate_external_id');
};

/** Puts a modal on top of a person's stack. */
export const pushModal = (memory: Memory, user: string, given: Field): OpenView => {
  const stack = memory.modals.filter((open) => open.user === user);
  if (stack.length >= deepestStack) throw new SlackApiError('push_limit_reached');
  refuseTakenExternalId(memory, given);
  const id = `V${memory.next()}`;
  const open: OpenView = {
    id,
    user,
    root: stack[0]?.id ?? id,
    previous: stack.at(-1)?.id,
    ...contentOf(memory, given),
  };
  memory.modals = [...memory.modals, open];
  return open;
};

/** Redraws an open view; what was entered is kept where block and action are still there. */
export const redraw = (memory: Memory, open: OpenView, given: Field): OpenView => {
  refuseTakenExternalId(memory, given, open.id);
  const content = contentOf(memory, given);
  const kept = Object.entries(content.entered).map(([block, actions]) => [
    block,
    Object.fromEntries(
      Object.entries(actions).map(([action, state]) => [
        action,
        open.entered[block]?.[action] ?? state,
      ]),
    ),
  ]);
  const after: OpenView = { ...open, ...content, entered: Object.fromEntries(kept) };
  putView(memory, after);
  return after;
};

const open: Method = (memory, args) => {
  const triggerId = optional(args, 'trigger_id', 255) ?? '';
  const trigger = memory.triggers.get(triggerId);
  if (trigger === undefined) throw new SlackApiError('invalid_trigger_id');
  if (trigger.used) throw new SlackApiError('exchanged_trigger_id');
  if (memory.now() - trigger.at > triggerLifeMs) throw new SlackApiError('expired_trigger_id');
  const opened = pushModal(memory, trigger.user, viewOf(args, 'modal'));
  memory.triggers.set(triggerId, { ...trigger, used: true });
  return { view: apiView(opened) };
};

const update: Method = (memory, args) => {
  const viewId = optional(args, 'view_id', 255);
  const externalId = optional(args, 'external_id', 255);
  if ((viewId === undefined) === (externalId === undefined)) {
    throw new SlackApiError('invalid_arguments');
  }
  const found = memory.modals.find(
    (each) => each.id === viewId || (externalId !== undefined && each.external_id === externalId),
  );
  if (found === undefined) throw new SlackApiError('not_found');
  const hash = optional(args, 'hash', 255);
  if (hash !== undefined && hash !== found.hash) throw new SlackApiError('hash_conflict');
  return { view: apiView(redraw(memory, found, viewOf(args, 'modal'))) };
};

const publish: Method = (memory, args) => {
  const user = memory.users.find(({ id }) => id === args['user_id']);
  if (user === undefined) throw new SlackApiError('user_not_found');
  const given = viewOf(args, 'home');
  const before = memory.homes.find((home) => home.user === user.id);
  const hash = optional(args, 'hash', 255);
  if (hash !== undefined && hash !== before?.hash) throw new SlackApiError('hash_conflict');
  if (before !== undefined) return { view: apiView(redraw(memory, before, given)) };
  const id = `V${memory.next()}`;
  const home: OpenView = {
    id,
    user: user.id,
    root: id,
    previous: undefined,
    ...contentOf(memory, given),
  };
  memory.homes = [...memory.homes, home];
  return { view: apiView(home) };
};

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.update': update,
  'views.publish': publish,
};
