/** What the deployment calls things: infra/ makes them under these names, `cordon doctor` looks for them. */

export const prefix = 'cordon';

/** `cordon-ingest` */
export const named = (what: string): string => `${prefix}-${what}`;

/** Names of rules of the default bus, so that the bus can tell them from others' (infra/security-bus.ts). */
export const forwardRule = (pattern: string): string => named(`forward-${pattern}`);

export const securityBus = named('security');

/** The rule of the security bus. */
export const intakeRule = named('to-ingest');

/** EventBridge Scheduler's, by what they are for. */
export const scheduleNames = { minute: named('minute'), digest: named('digest') } as const;
