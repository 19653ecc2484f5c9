/**
 * A bill of materials in CycloneDX, https://cyclonedx.org/docs/1.5/json/: the packages of which code
 * is in the functions, with the hashes of what was installed. What npm says of all, cut down to those.
 */
import { execFileSync } from 'node:child_process';
import type { Bundled } from './bundled.ts';
import { type Lock, type Manifest, nameOf } from './lock.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly [field: string]: unknown;
}

export interface Bill {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly [field: string]: unknown;
}

/**
 * What `npm sbom` says of everything that is locked, without a network. With development: what is named
 * there may be bundled too, because something else needs it.
 */
export const npmBill = (root: string): Bill =>
  JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  );

/**
 * Without npm's serial number, time and version: equal functions give equal bytes. Each component
 * names the functions that carry it.
 */
export const billOf = (
  all: Bill,
  { name, version, license }: Manifest,
  bundled: Bundled,
  lock: Lock,
): Bill => {
  const functions = new Map(
    [...bundled].map(([folder, names]) => [`${nameOf(folder)}@${lock[folder]?.version}`, names]),
  );
  const components = all.components.filter((each) => functions.has(each['bom-ref']));
  if (components.length !== functions.size)
    throw new Error(
      `npm knows ${components.length} of the ${functions.size} packages in the functions`,
    );
  const own = `${name}@${version}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        'bom-ref': own,
        type: 'application',
        name,
        version,
        licenses: [{ license: { id: license } }],
      },
    },
    components: components.map((each) => ({
      ...each,
      properties: [
        ...(each.properties ?? []),
        ...(functions.get(each['bom-ref']) ?? []).map((value) => ({
          name: 'cordon:function',
          value,
        })),
      ],
    })),
    dependencies: all.dependencies
      .filter(({ ref }) => ref === own || functions.has(ref))
      .map(({ ref, dependsOn }) => ({
        ref,
        dependsOn: dependsOn.filter((each) => functions.has(each)),
      })),
  };
};
