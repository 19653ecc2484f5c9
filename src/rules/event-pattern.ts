/**
 * Our own matcher of EventBridge event patterns, so that the local world delivers what AWS would
 * deliver and tests can prove the deployed patterns. Semantics:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and the README of
 * AWS's event-ruler (https://github.com/aws/event-ruler), which EventBridge runs.
 */
import {
  compileField,
  type FieldTest,
  InvalidEventPattern,
  isLeaf,
  isOperator,
  isRecord,
  type Leaf,
} from './event-pattern-value.ts';

interface Field extends FieldTest {
  /** Every step with a dot before it: `.detail.severity`. */
  readonly path: string;
}

/** A compiled pattern: make it with `compilePattern`, use it with `matches`. */
export interface EventPattern {
  /** `$or` multiplied out. An event matches when all fields of one alternative do. */
  readonly alternatives: readonly (readonly Field[])[];
  /** The paths of all fields and of what contains them; nothing else of an event is looked at. */
  readonly paths: ReadonlySet<string>;
}

type Alternative = ReadonlyMap<string, FieldTest>;

/** EventBridge refuses a rule whose `$or` lists multiply to more than this. */
const mostAlternatives = 1000;

/** `$or` is an ordinary field unless a list of objects follows that cannot be operators. */
const isDisjunction = (key: string, value: unknown): value is readonly Record<string, unknown>[] =>
  key === '$or' &&
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((branch) => isRecord(branch) && !Object.keys(branch).some(isOperator));

const expandOr = (
  branches: readonly Record<string, unknown>[],
  path: string,
  alternatives: readonly Alternative[],
): readonly Alternative[] => {
  if (branches.length < 2) {
    throw new InvalidEventPattern(`"${path.slice(1)}": "$or" needs at least two objects.`);
  }
  const expanded = branches.flatMap((branch) => expand(branch, path, alternatives));
  if (expanded.length > mostAlternatives) {
    throw new InvalidEventPattern(`"$or" makes more than ${mostAlternatives} combinations.`);
  }
  return expanded;
};

/** Adds the node's fields to every alternative so far; a path given twice keeps the later list. */
const expand = (
  node: Record<string, unknown>,
  path: string,
  alternatives: readonly Alternative[],
): readonly Alternative[] => {
  const entries = Object.entries(node);
  if (entries.length === 0) {
    throw new InvalidEventPattern(
      `"${path.slice(1) || 'pattern'}": an empty object matches nothing.`,
    );
  }
  return entries.reduce((sofar, [key, value]) => {
    if (isDisjunction(key, value)) return expandOr(value, path, sofar);
    const inner = `${path}.${key}`;
    if (isRecord(value)) return expand(value, inner, sofar);
    const test = compileField(value, inner.slice(1));
    return sofar.map((alternative) => new Map(alternative).set(inner, test));
  }, alternatives);
};

/** `.a.b` → the root, `.a` and `.a.b`. */
const withParents = (path: string): readonly string[] =>
  [...path.matchAll(/\.|$/g)].map(({ index }) => path.slice(0, index));

/**
 * Compiles an event pattern (parsed JSON) once, for many events.
 * Throws `InvalidEventPattern` for a pattern that EventBridge would refuse.
 */
export const compilePattern = (pattern: unknown): EventPattern => {
  if (!isRecord(pattern)) throw new InvalidEventPattern('An event pattern is a JSON object.');
  const alternatives = expand(pattern, '', [new Map()]).map((alternative) =>
    // Sorted, because EventBridge settles fields by name: that decides which list element an
    // `exists: false` is asked of.
    [...alternative].map(([path, test]) => ({ path, ...test })).sort(byPath),
  );
  return {
    alternatives,
    paths: new Set(alternatives.flat().flatMap((field) => withParents(field.path))),
  };
};

const byPath = (a: Field, b: Field): number => (a.path < b.path ? -1 : 1);

/** The list elements that a value lies in, innermost first; inner lists have higher numbers. */
interface Place {
  readonly list: number;
  readonly index: number;
  readonly outer: Place | undefined;
}

/** One value inside an event, at whatever depth. */
interface Node<V = unknown> {
  readonly path: string;
  readonly value: V;
  readonly place: Place | undefined;
}

const partsOf = ({ path, value, place }: Node, list: number): readonly Node[] => {
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) => ({
      path,
      value: element,
      // Plain values of one list do not exclude each other; objects and lists in it do.
      place: isLeaf(element) ? place : { list, index, outer: place },
    }));
  }
  const entries = isRecord(value) ? Object.entries(value) : [];
  return entries.map(([key, inner]) => ({ path: `${path}.${key}`, value: inner, place }));
};

/** Breadth first in a loop, not by recursion: an event may be nested as deep as it likes. */
const leavesOf = (event: unknown, paths: ReadonlySet<string>): readonly Node<Leaf>[] => {
  const leaves: Node<Leaf>[] = [];
  const queue: Node[] = [{ path: '', value: event, place: undefined }];
  for (const [number, node] of queue.entries()) {
    const { value } = node;
    if (isLeaf(value)) leaves.push({ ...node, value });
    for (const part of partsOf(node, number)) if (paths.has(part.path)) queue.push(part);
  }
  return leaves;
};

/** False when the two lie in different elements of the same list. */
const agree = (one: Place | undefined, other: Place | undefined): boolean => {
  let [a, b] = [one, other];
  while (a && b) {
    if (a.list > b.list) a = a.outer;
    else if (b.list > a.list) b = b.outer;
    else if (a.index !== b.index) return false;
    else [a, b] = [a.outer, b.outer];
  }
  return true;
};

type Places = readonly (Place | undefined)[];

const placesOf = (nodes: readonly Node[]): Places => [...new Set(nodes.map((node) => node.place))];

/** Where a field has a value that the pattern accepts, and where it has one at all. */
interface Candidates {
  readonly accepted: Places;
  readonly present: Places;
  readonly acceptsAbsence: boolean;
}

/** Picks one value (or absence) for every field so that all lie in the same list elements. */
const allAgree = ([first, ...rest]: readonly Candidates[], chosen: Places): boolean => {
  if (!first) return true;
  const fits = (place: Place | undefined): boolean => chosen.every((other) => agree(place, other));
  return (
    first.accepted.some((place) => fits(place) && allAgree(rest, [...chosen, place])) ||
    (first.acceptsAbsence && !first.present.some(fits) && allAgree(rest, chosen))
  );
};

/** Whether EventBridge would deliver the event (any parsed JSON) to a rule with this pattern. */
export const matches = (pattern: EventPattern, event: unknown): boolean => {
  if (!isRecord(event)) return false;
  const leaves = leavesOf(event, pattern.paths);
  return pattern.alternatives.some((fields) => {
    const candidates = fields.map(({ path, accepts, acceptsAbsence }): Candidates => {
      const present = leaves.filter((leaf) => leaf.path === path);
      const accepted = present.filter((leaf) => accepts(leaf.value));
      return { accepted: placesOf(accepted), present: placesOf(present), acceptsAbsence };
    });
    const possible = candidates.every((field) => field.accepted.length > 0 || field.acceptsAbsence);
    return possible && allAgree(candidates, []);
  });
};
