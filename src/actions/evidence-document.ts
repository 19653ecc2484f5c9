/**
 * The SSM document with the commands that Cordon may run on an instance: the configured ones, fixed, with
 * no parameter. The response role may send this document and no other, so whoever holds that role cannot
 * run anything else. https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 */
import { createHash } from 'node:crypto';

export const evidenceDocument = 'Cordon-VolatileEvidence';

/** Seconds in which the commands have to end. */
export const commandSeconds = 60;

/** What `create-document` takes as content; the shell goes on after a command that fails. */
export const documentContent = (commands: readonly string[]): object => ({
  schemaVersion: '2.2',
  description: 'Evidence of an instance, by Cordon. Reads only.',
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'evidence',
      precondition: { StringEquals: ['platformType', 'Linux'] },
      inputs: { timeoutSeconds: `${commandSeconds}`, runCommand: [...commands] },
    },
  ],
});

/** SHA-256 of the content as AWS keeps it. */
export const digestOf = (content: string): string =>
  createHash('sha256').update(content).digest('hex');

/** Whether AWS's document does what the configuration says: compared as values, not as text. */
export const isOurs = (content: string, commands: readonly string[]): boolean => {
  try {
    return JSON.stringify(JSON.parse(content)) === JSON.stringify(documentContent(commands));
  } catch {
    return false;
  }
};
