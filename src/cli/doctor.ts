/** `live-otel doctor`. */
import { Command, Option } from 'commander';
import picocolors from 'picocolors';
import { detectStyle } from '../report/render/text/style.ts';
import type { Check } from './doctor/check.ts';
import { gatherFacts } from './doctor/gather.ts';
import { judge } from './doctor/judge.ts';

interface DoctorOptions {
  readonly format: 'text' | 'json';
  readonly require: readonly string[];
  readonly setup?: string;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Says whether an application in this directory would be instrumented here, and why not.')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option(
      '--require <module...>',
      'modules the application is started with, as given to node --require',
      [],
    )
    .option(
      '--setup <file>',
      'JSON of a setup, or of model and config of connect(): what its model would refuse',
    )
    .action(doctor);
}

async function doctor({ format, require, setup }: DoctorOptions): Promise<void> {
  const checks = judge(
    await gatherFacts({
      directory: process.cwd(),
      env: process.env,
      required: require,
      ...(setup !== undefined && { setup }),
    }),
  );
  const failed = checks.some(({ status }) => status === 'fail');
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify({ version: 1, ok: !failed, checks }, undefined, 2)}\n`
      : toText(checks),
  );
  process.exitCode = failed ? 1 : 0;
}

function toText(checks: readonly Check[]): string {
  const paint = picocolors.createColors(detectStyle(process.stdout, process.env).color);
  const tones = { ok: paint.green, warn: paint.yellow, fail: paint.red };
  const lines = checks.flatMap(({ status, message, remedy }) => [
    `${tones[status](status.padEnd(4))}  ${message}`,
    ...(remedy === undefined ? [] : [`      ${remedy}`]),
  ]);
  return `${lines.join('\n')}\n`;
}
