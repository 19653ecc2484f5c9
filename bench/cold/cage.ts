/**
 * CPU time of one process, and a share of a CPU as Lambda gives it by memory: one whole CPU at 1,769 MB.
 * With control groups (version 1, writable) both are the kernel's; without them the time is that of
 * /proc and there are no shares. docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const wholeCpuMb = 1769;
const periodUs = 20_000;
const root = '/sys/fs/cgroup';

interface Cage {
  /** Put before the command line, so that its first instruction counts. */
  readonly prefix: readonly string[];
  /** Milliseconds of CPU so far. */
  cpuMs(pid: number): number;
  remove(): void;
}

/** What all threads of a process ran so far; the first number is nanoseconds. docs.kernel.org/scheduler/sched-stats.html */
const procMs = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    .reduce((sum, nanoseconds) => sum + Number(nanoseconds) / 1e6, 0);

const uncaged: Cage = { prefix: [], cpuMs: procMs, remove: () => {} };

/** Whether groups can be made here; asked once, by making one. */
const groupsWork = (): boolean => {
  const probe = join(root, 'cpuacct', `cordon-probe-${process.pid}`);
  try {
    if (!existsSync(join(root, 'cpu'))) return false;
    mkdirSync(probe);
    rmdirSync(probe);
    return true;
  } catch {
    return false;
  }
};

export interface Cages {
  /** How CPU is measured, for the report. */
  readonly how: string;
  /** Whether shares can be enforced. */
  readonly shares: boolean;
  /** `memoryMb`: the share of a function with that much; the whole machine when absent. */
  make(memoryMb?: number): Cage;
}

let count = 0;

const caged = (memoryMb: number | undefined): Cage => {
  count += 1;
  const name = `cordon-${process.pid}-${count}`;
  const accounting = join(root, 'cpuacct', name);
  const quota = join(root, 'cpu', name);
  mkdirSync(accounting, { recursive: true });
  mkdirSync(quota, { recursive: true });
  if (memoryMb !== undefined) {
    writeFileSync(join(quota, 'cpu.cfs_period_us'), String(periodUs));
    const share = Math.max(1000, Math.round((periodUs * memoryMb) / wholeCpuMb));
    writeFileSync(join(quota, 'cpu.cfs_quota_us'), String(share));
  }
  const enter = `echo $$ > ${accounting}/cgroup.procs && echo $$ > ${quota}/cgroup.procs && exec "$0" "$@"`;
  return {
    prefix: ['/bin/sh', '-c', enter],
    cpuMs: () => Number(readFileSync(join(accounting, 'cpuacct.usage'), 'utf8')) / 1e6,
    remove() {
      for (const folder of new Set([accounting, quota]))
        try {
          rmdirSync(folder);
        } catch {
          // The kernel keeps it until its last process is buried; it is empty and harms nobody.
        }
    },
  };
};

export const findCages = (): Cages =>
  groupsWork()
    ? { how: 'control groups, in nanoseconds', shares: true, make: caged }
    : {
        how: '/proc, in nanoseconds; shares are computed as CPU × 1769 / MB',
        shares: false,
        make: () => uncaged,
      };
