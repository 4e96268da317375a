/** `coding-spec codes`: official releases of code sets, installed, searched and compared. */
import type { Command } from 'commander';
import { addDiff } from './codes/diff.ts';
import { addInstall } from './codes/install.ts';
import { addReleases } from './codes/releases.ts';
import { addRemove } from './codes/remove.ts';
import { addSearch } from './codes/search.ts';
import { addShow } from './codes/show.ts';
import { addVerify } from './codes/verify.ts';

export function addCodes(program: Command): void {
  const codes = program
    .command('codes')
    .description('install official releases of code sets, and search, show and compare them');
  for (const add of [addInstall, addReleases, addShow, addSearch, addDiff, addRemove, addVerify]) add(codes);
}
