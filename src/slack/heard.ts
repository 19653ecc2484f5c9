/**
 * Everything that Cordon hears from Slack besides its own controls. manifest.yml subscribes to exactly
 * this (test/docs/manifest.test.ts). A new one is a line here, and its flow in handle-job.ts.
 */
import { addMessageCallback, caseForms, planCallback, requestForms } from './controls.ts';

export const commandName = '/cordon';

/** docs.slack.dev/reference/events */
export const eventTypes = ['app_home_opened', 'subteam_members_changed'] as const;

/** What is said in channels, by their kind; to Bolt all of them are `message`. */
export const messageEvents = ['message.channels', 'message.groups'] as const;

/** Message shortcuts by callback id, with the name that Slack's menu shows (at most 24 characters). */
export const messageShortcuts = {
  'find-this': 'Find in Cordon',
  'add-to-case': 'Add to a Cordon case',
} as const;

/** Modals that are submitted, by callback id. */
export const submittedModals = [
  planCallback,
  addMessageCallback,
  ...caseForms,
  ...requestForms,
] as const;

/** What the app may do: docs.slack.dev/reference/scopes. manifest.yml says what each is for. */
export const botScopes = [
  'chat:write',
  'commands',
  'usergroups:read',
  'users:read',
  'im:write',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'canvases:write',
] as const;
