/**
 * A thing of AWS that is on or off, such as the logging of a trail: one register, switched on by
 * containing and off by undoing.
 */
import type { Json, Plan, Register, Verification } from './action.ts';
import type { Aws } from './aws.ts';

export interface Switch {
  /** The register: `organization/logging`. */
  readonly id: string;
  /** The type in its ARN, where the rest of the ARN is its id alone: `trail`. */
  readonly type?: string;
  /** `Logging of the trail organization`. */
  readonly label: string;
  /** The words for both of its states. */
  readonly on: string;
  readonly off: string;
  /** Another word than these two when it is neither, `gone` for example. */
  read(aws: Aws): Promise<string>;
  set(on: boolean, aws: Aws): Promise<void>;
}

export const switchRegister = (
  which: Switch,
  { account, region, id }: Plan['target'],
): Register => ({
  id: which.id,
  title: `Switch: ${which.label}`,
  resource: [account, region, ...(which.type ? [which.type] : []), id].join('/'),
  undoable: true,
  read: (aws) => which.read(aws),
  write: async (value: Json, aws) => {
    if (value !== which.on && value !== which.off)
      throw new Error(`${which.label} cannot be made ${JSON.stringify(value)}`);
    await which.set(value === which.on, aws);
  },
});

export const switchChange = ({ id, label, on, off }: Switch): Plan['changes'][number] => ({
  id,
  label,
  before: off,
  after: on,
});

export const verifySwitch = async (which: Switch, aws: Aws): Promise<Verification> => {
  const state = await which.read(aws);
  return state === which.on
    ? { kind: 'verified', lines: [`${which.label}: ${state}.`] }
    : { kind: 'not-verified', because: `${which.label}: ${state}` };
};
