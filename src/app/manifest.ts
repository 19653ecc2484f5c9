/**
 * The Slack app's manifest: whether it asks for what the code hears and calls, and the same manifest for
 * an app that has no address yet, or has one. docs.slack.dev/reference/app-manifest
 */
import {
  botScopes,
  commandName,
  eventTypes,
  messageEvents,
  messageShortcuts,
} from '../slack/heard.ts';

/** Stands in manifest.yml where the address belongs. */
const addressPlaceholder = 'https://YOUR-API.example.com/slack/events';

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const within = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isData(inner) ? inner[key] : undefined), value);

const texts = (value: unknown, key?: string): readonly string[] =>
  (Array.isArray(value) ? value : []).flatMap((each) => {
    const text = key ? within(each, key) : each;
    return typeof text === 'string' ? [text] : [];
  });

const differences = (
  what: string,
  wanted: readonly string[],
  found: readonly string[],
): readonly string[] => [
  ...wanted.filter((each) => !found.includes(each)).map((each) => `${what} ${each} is missing`),
  ...found.filter((each) => !wanted.includes(each)).map((each) => `${what} ${each} is not used`),
];

/** Scopes that the code needs and `granted` lacks. */
export const missingScopes = (granted: readonly string[]): readonly string[] =>
  botScopes.filter((scope) => !granted.includes(scope));

/** Where a parsed manifest differs from the code; empty when it does not. */
export const manifestProblems = (manifest: unknown): readonly string[] => {
  const features = within(manifest, 'features');
  const settings = within(manifest, 'settings');
  return [
    ...differences('scope', botScopes, texts(within(manifest, 'oauth_config', 'scopes', 'bot'))),
    ...differences('command', [commandName], texts(within(features, 'slash_commands'), 'command')),
    ...differences(
      'shortcut',
      Object.keys(messageShortcuts),
      texts(within(features, 'shortcuts'), 'callback_id'),
    ),
    ...differences(
      'event',
      [...eventTypes, ...messageEvents],
      texts(within(settings, 'event_subscriptions', 'bot_events')),
    ),
    ...(within(settings, 'interactivity', 'is_enabled') === true
      ? []
      : ['interactivity is not enabled']),
    ...(within(settings, 'socket_mode_enabled') === true ? ['socket mode is on'] : []),
  ];
};

const replaced = (value: unknown, address: string): unknown => {
  if (Array.isArray(value)) return value.map((each) => replaced(each, address));
  if (isData(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, replaced(each, address)]),
    );
  return value === addressPlaceholder ? address : value;
};

/**
 * The manifest to paste. Slack calls an address as soon as it is told it, so before the deployment the app
 * has its scopes, and nothing that needs an address.
 */
export const manifestFor = (manifest: unknown, address: string | undefined): unknown => {
  if (address) return replaced(manifest, address);
  if (!isData(manifest)) return manifest;
  const { features, settings, ...rest } = manifest;
  const {
    slash_commands: _commands,
    shortcuts: _shortcuts,
    ...kept
  } = isData(features) ? features : {};
  const {
    event_subscriptions: _events,
    interactivity: _buttons,
    ...quiet
  } = isData(settings) ? settings : {};
  return { ...rest, features: kept, settings: quiet };
};
