/**
 * manifest.yml against Slack's limits (docs.slack.dev/reference/app-manifest) and against the code:
 * what is asked for is what is used.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { manifestProblems } from '../../src/app/manifest.ts';
import { commands } from '../../src/flows/commands/index.ts';
import { commandName, eventTypes, messageEvents, messageShortcuts } from '../../src/slack/heard.ts';

interface Manifest {
  readonly _metadata: { readonly major_version: number };
  readonly display_information: Readonly<Record<string, string>>;
  readonly features: {
    readonly bot_user: { readonly display_name: string };
    readonly slash_commands: readonly Readonly<Record<string, string>>[];
    readonly shortcuts: readonly Readonly<Record<string, string>>[];
    readonly app_home?: Readonly<Record<string, boolean>>;
  };
  readonly oauth_config: {
    readonly scopes: { readonly bot: readonly string[] };
  };
  readonly settings: {
    readonly event_subscriptions?: {
      readonly request_url: string;
      readonly bot_events: readonly string[];
    };
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url: string };
    readonly [setting: string]: unknown;
  };
}

const manifest: Manifest = parse(readFileSync('manifest.yml', 'utf8'));
const { display_information: display, features, settings } = manifest;
const scopes = manifest.oauth_config.scopes.bot;

/** The code that talks to Slack, without the local stand-in for it. */
const code = ['src/slack', 'src/app']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  )
  .join('\n');

const found = (pattern: RegExp): readonly string[] =>
  [...new Set([...code.matchAll(pattern)].map((match) => (match[1] ?? '').replaceAll(/\s/g, '')))]
    .map((name) => name.replace(/^\./, ''))
    .sort();

/** `client.chat.update(`, over line breaks too, and `apiCall('chat.update'`. */
const methodsUsed = [
  ...found(/\bclient((?:\s*\.\s*[a-z]\w*){2,})\(/g),
  ...found(/\.apiCall\(\s*['"]([\w.]+)/g),
];

/** docs.slack.dev/reference/methods: the bot scope of each method; views need none. */
const scopeOf: Readonly<Record<string, string | undefined>> = {
  'canvases.access.set': 'canvases:write',
  'canvases.create': 'canvases:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  // They find a message again whose answer was lost; the events below need their scopes anyway.
  'conversations.history': 'channels:history',
  'conversations.info': 'channels:read',
  'conversations.replies': 'channels:history',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
  'views.open': undefined,
  'views.publish': undefined,
  'views.update': undefined,
};

/** docs.slack.dev/reference/events: the bot scope of each event. */
const scopeOfEvent: Readonly<Record<string, string>> = {
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
};

describe('what the manifest asks for', () => {
  test('is known for every Web API method that the code calls', () => {
    expect(methodsUsed).toEqual(Object.keys(scopeOf));
  });

  test('is the scopes of those methods and of the command, and no other', () => {
    const needed = methodsUsed.flatMap((method) => scopeOf[method] ?? []);
    const events = Object.values(scopeOfEvent);
    // A message to a person goes through chat.postMessage, with their user id as the channel.
    // conversations.info needs groups:read where the channel is private.
    const all = ['commands', 'im:write', 'groups:read', ...needed, ...events];
    expect([...scopes].sort()).toEqual([...new Set(all)].sort());
    // And the doctor, which compares an app with the code, knows the same.
    expect(manifestProblems(manifest)).toEqual([]);
  });

  test('is the command that the code listens to, with a hint that names commands', () => {
    expect(features.slash_commands.map(({ command }) => command)).toEqual([commandName]);
    const hinted = features.slash_commands.flatMap(
      ({ usage_hint = '' }) => usage_hint.match(/\b[a-z]+\b/g) ?? [],
    );
    const known: readonly string[] = commands.map(({ name }) => name);
    expect(hinted.length).toBeGreaterThan(0);
    expect(hinted.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('is the shortcuts that the code listens to, under their names', () => {
    expect(
      features.shortcuts.map(({ callback_id, name, type }) => [callback_id, name, type]),
    ).toEqual(Object.entries(messageShortcuts).map(([id, name]) => [id, name, 'message']));
  });

  test('is the events that the code listens to, and a home tab only where it is published', () => {
    expect(settings.event_subscriptions?.bot_events ?? []).toEqual([
      ...eventTypes,
      ...messageEvents,
    ]);
    expect(Object.keys(scopeOfEvent)).toEqual([...messageEvents]);
    expect(features.app_home?.['home_tab_enabled'] === true).toBe(
      methodsUsed.includes('views.publish'),
    );
  });

  test('is nothing that the code does not listen to', () => {
    expect(
      found(/\bapp\.(action|view|event|message|shortcut|options|function|command)\(/g),
    ).toEqual(['action', 'command', 'event', 'shortcut', 'view']);
    expect(settings.interactivity.is_enabled).toBe(true);
    expect(
      Object.keys(features).filter(
        (name) => !['app_home', 'bot_user', 'shortcuts', 'slash_commands'].includes(name),
      ),
    ).toEqual([]);
    expect(Object.keys(manifest.oauth_config)).toEqual(['scopes']);
    const { event_subscriptions: _, ...others } = settings;
    expect(others).toEqual({
      interactivity: settings.interactivity,
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    });
  });
});

describe('Slack’s limits', () => {
  test.each([
    ['name', display['name'], 1, 35],
    ['description', display['description'], 1, 140],
    ['long_description', display['long_description'], 175, 4000],
    ['bot display_name', features.bot_user.display_name, 1, 80],
    ...features.slash_commands.flatMap((command) => [
      [`${command['command']} command`, command['command'], 2, 32] as const,
      [`${command['command']} url`, command['url'], 1, 3000] as const,
      [`${command['command']} description`, command['description'], 1, 2000] as const,
      [`${command['command']} usage_hint`, command['usage_hint'], 1, 1000] as const,
    ]),
    ...features.shortcuts.flatMap((shortcut) => [
      [`${shortcut['callback_id']} name`, shortcut['name'], 1, 24] as const,
      [`${shortcut['callback_id']} callback_id`, shortcut['callback_id'], 1, 255] as const,
      [`${shortcut['callback_id']} description`, shortcut['description'], 1, 150] as const,
    ]),
  ] as const)('%s is as long as it may be', (_name, value, least, most) => {
    expect(value?.length).toBeGreaterThanOrEqual(least);
    expect(value?.length).toBeLessThanOrEqual(most);
  });

  test('the manifest is version 2 and its colour is one', () => {
    expect(manifest._metadata.major_version).toBe(2);
    expect(display['background_color']).toMatch(/^#[0-9a-f]{6}$/i);
  });

  test('there are no more commands, shortcuts and events than Slack takes', () => {
    expect(features.slash_commands.length).toBeLessThanOrEqual(50);
    expect(features.shortcuts.length).toBeLessThanOrEqual(10);
    expect(eventTypes.length).toBeLessThanOrEqual(100);
  });

  test('commands start with a slash, and every address is https and a placeholder', () => {
    for (const command of features.slash_commands) expect(command['command']).toMatch(/^\/[a-z]/);
    const addresses = [
      settings.interactivity.request_url,
      ...features.slash_commands.map(({ url }) => url),
      ...(settings.event_subscriptions ? [settings.event_subscriptions.request_url] : []),
    ];
    for (const address of addresses)
      expect(address).toBe('https://YOUR-API.example.com/slack/events');
  });
});
