/** Whether everybody who installs gets the same bytes, and nothing of them runs unasked. */
import { type Lock, type Locked, type Manifest, nameOf } from './lock.ts';

/** `1.2.3` or `1.2.3-rc.1`: no range, tag, address or folder. */
const exact = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Everything else is installed without a script of its own. */
const scriptsThatMayRun: Readonly<Record<string, string>> = {
  esbuild: 'puts the binary for this machine in place',
  'classic-level': 'the table of the local world; builds its binding where none was made before',
};

const unpinned = (manifest: Manifest): readonly string[] =>
  [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies]
    .flatMap((wanted) => Object.entries(wanted ?? {}))
    .filter(([, version]) => !exact.test(version))
    .map(
      ([name, version]) => `package.json: ${name} is "${version}": name one version, such as 1.2.3`,
    );

const wrongIn = ([folder, locked]: readonly [string, Locked]): readonly string[] => [
  ...(locked.link ? [`${folder} is a folder of this machine: depend on a published version`] : []),
  ...(locked.inBundle || locked.integrity?.startsWith('sha512-')
    ? []
    : [`${folder} has no sha512 integrity: install it again from a registry`]),
  ...(locked.resolved && !locked.resolved.startsWith('https://')
    ? [`${folder} does not come from a registry over https: depend on a published version`]
    : []),
  ...(locked.hasInstallScript && !(nameOf(folder) in scriptsThatMayRun)
    ? [`${folder} runs a script when installed: do without it, or say why in supply/pins.ts`]
    : []),
];

const severalHosts = (lock: Lock): readonly string[] => {
  const hosts = new Set(
    Object.values(lock).flatMap(({ resolved }) =>
      resolved && URL.canParse(resolved) ? [new URL(resolved).host] : [],
    ),
  );
  return hosts.size > 1
    ? [`package-lock.json names ${hosts.size} hosts: install everything from one registry`]
    : [];
};

/** What is not pinned, each with what to do; empty when all is. */
export const pinProblems = (manifest: Manifest, lock: Lock): readonly string[] => [
  ...unpinned(manifest),
  ...Object.entries(lock).flatMap(wrongIn),
  ...severalHosts(lock),
];
