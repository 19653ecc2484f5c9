import type { Sentence } from './sentence.ts';

/** What an attacker can write stays text. */
export const textSafety: readonly Sentence[] = [
  {
    says: 'Nothing that an attacker can write becomes a mention, a link or a status.',
    proof: {
      'slack/text.test.ts': [
        'whatever an attacker writes, nothing of Slack syntax survives and the length holds',
        'cuts after escaping, at whole entities and whole characters, and says so',
      ],
    },
  },
  {
    says: 'Untrusted text has a branded type that cannot reach mrkdwn.',
    proof: {
      'slack/text.test.ts': [
        'an untrusted string cannot reach our mrkdwn: the compiler refuses it',
        'our mrkdwn keeps our formatting and puts untrusted values into code spans',
        'rich text holds untrusted values as literal text elements',
      ],
    },
  },
  {
    says: 'A strict validator knows the surfaces, limits, uniqueness, total size and fallback text.',
    proof: {
      'slack/limits.test.ts': ['accepts %s', 'refuses %s'],
      'slack/view-limits.test.ts': ['accepts %s', 'refuses %s'],
    },
  },
  {
    says: 'The adversarial corpus runs through every field of card, plan and answers; posts and updates fit.',
    proof: {
      'stories/hostile-text.test.ts': ['%s stay plain text on card, plan, answers and edits'],
    },
  },
  {
    says: 'It runs through announcements, evidence, commands, review, follow-ups, home, drill and digest.',
    proof: {
      'stories/hostile-screens.test.ts': [
        '%s: an announcement with its countdown, and a veto',
        'evidence quotes what CloudTrail was told, and nothing of it is more than text',
        'every command answers whatever it is given',
        'what colleagues write stays text on card, canvas, follow-up, home and the next case like it',
        'the score of a drill and the digest of the day hold it too',
      ],
    },
  },
  {
    says: 'Every builder of messages, modals and home makes what Slack takes, whatever is written.',
    proof: {
      'slack/builders-fuzz.test.ts': [
        'whatever is written on a screen, Slack takes it and nothing of it is more than text',
        '%s: found once',
      ],
    },
  },
  {
    says: 'A review is Markdown in which nothing that others wrote is parsed.',
    proof: {
      'slack/review-markdown.test.ts': ['%s adds nothing that Markdown parses'],
      'stories/post-incident.test.ts': [
        'what an attacker or a colleague wrote is literal in the canvas',
      ],
    },
  },
  {
    says: 'The confirmation page is the same for everybody: what it shows is put in as text.',
    proof: {
      'stories/step-up.test.ts': [
        'the page itself is the same for everybody, frames nowhere and runs only its own script',
      ],
    },
  },
];
