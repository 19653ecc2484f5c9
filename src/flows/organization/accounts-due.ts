/** Whether it is time to read the accounts of the organisation: asked by tick each minute. */
import { isoNow, type Ports } from '../ports.ts';

type DuePorts = Pick<Ports, 'chance'> & {
  readonly config: Pick<Ports['config'], 'deployment'>;
  readonly organization: Pick<Ports['organization'], 'due'>;
};

export const accountsDue = async ({ config, chance, organization }: DuePorts): Promise<boolean> => {
  if (!config.deployment.organization) return false;
  const due = await organization.due();
  return due === undefined || due <= isoNow(chance);
};
