/** EC2's `Filters`, for the filters that Cordon uses; any other fails loudly. */
import type { Filter } from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';

/** How each known filter reads its values from an item. */
type FilterReaders<T> = Readonly<Record<string, (item: T) => readonly string[]>>;

export const filtered = <T>(
  items: Iterable<T>,
  filters: readonly Filter[] | undefined,
  readers: FilterReaders<T>,
): readonly T[] => {
  const tests = (filters ?? []).map(({ Name, Values }) => {
    const read = readers[Name ?? ''];
    if (!read)
      throw new AwsError(
        'NotImplementedBySimulator',
        `The simulated EC2 does not know the filter ${Name}: add it where src/local/world/ec2-*.ts calls filtered()`,
        501,
      );
    return (item: T): boolean => read(item).some((value) => (Values ?? []).includes(value));
  });
  return [...items].filter((item) => tests.every((test) => test(item)));
};
