import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Plan, planLine, readLedger, resultLine, tossLine } from '../../experiment/ledger.ts';
import type { Begun, Ended } from '../../experiment/sessions.ts';
import { UsageError } from '../usage-error.ts';

const extension = '.ledger.jsonl';

/** Written line by line, at once: whatever ends the process, what was learnt is there. */
export interface LedgerFile {
  readonly file: string;
  tossed(toss: Begun): void;
  ended(result: Ended<Begun>): void;
}

export function createLedgerFile(out: string, plan: Plan): LedgerFile {
  const file = path.join(out, `${plan.id}${extension}`);
  writeFileSync(file, planLine(plan), { flag: 'wx' });
  return ledgerFile(file);
}

export function reopenLedgerFile(file: string): LedgerFile & ReturnType<typeof readLedger> {
  try {
    return { ...ledgerFile(file), ...readLedger(readFileSync(file, 'utf8')) };
  } catch (error) {
    throw new UsageError(`Cannot go on with ${file}: ${error instanceof Error ? error.message : error}.`, 1);
  }
}

export function lastLedger(out: string): string {
  try {
    const [last] = readdirSync(out)
      .filter((name) => name.endsWith(extension))
      .map((name) => path.join(out, name))
      .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    if (last !== undefined) return last;
  } catch {
    // No such directory: the sentence is the same.
  }
  throw new UsageError(`There is no experiment in ${out} to go on with.`, 1);
}

function ledgerFile(file: string): LedgerFile {
  return {
    file,
    tossed: (toss) => appendFileSync(file, tossLine(toss)),
    ended: (result) => appendFileSync(file, resultLine(result)),
  };
}
