/** GuardDuty in each account: those that are known, and those in which somebody suspended it. */
import { detectorOf, watchedAccounts } from '../detector.ts';
import { accountNamed, found, type Part } from './part.ts';

export const guardDutyAccounts: Part = {
  service: 'GuardDuty in the accounts',
  where: 'each',
  async look(reader, spot) {
    const DetectorId = await detectorOf(reader);
    // That it is off as a whole is told already.
    if (!DetectorId) return found(0, []);
    const watched = await watchedAccounts(reader, DetectorId);
    const suspended = [...watched].filter(([, status]) => status === 'Disabled');
    // An account without that Region has nothing there to watch.
    const known = spot.scope.accounts
      .map(({ id }) => id)
      .filter((id) => spot.region !== 'opted' || watched.has(id));
    const ids = new Set([...known, ...suspended.map(([id]) => id)]);
    return found(
      ids.size,
      [...ids]
        .filter((id) => watched.get(id) !== 'Enabled')
        .map((id) => `GuardDuty in ${accountNamed(spot, id)}`),
    );
  },
};
