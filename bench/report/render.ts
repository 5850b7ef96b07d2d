import { cpus } from 'node:os';
import type { Goal, Section, Table } from './section.ts';

/** A section as Markdown, for the terminal and the documentation alike. */
export function renderSection(section: Section, command: string): string {
  const { title, method, tables, remarks = [], goals } = section;
  return [
    `## ${title}`,
    ...method,
    ...tables.map(renderTable),
    ...remarks,
    ...(goals.length > 0 ? [renderGoals(goals)] : []),
    `Command: \`${command}\``,
  ].join('\n\n');
}

export function renderMachine(): string {
  const { node, v8 } = process.versions;
  return `${cpus().length} cores (${process.arch}, ${process.platform}), Node ${node}, V8 ${v8.split('-')[0]}`;
}

function renderTable({ title, columns, rows }: Table): string {
  return `**${title}**\n\n${table(columns, rows)}`;
}

function renderGoals(goals: readonly Goal[]): string {
  return table(
    ['Goal', 'Limit', 'Measured', ''],
    goals.map(({ what, limit, measured, met }) => [what, limit, measured, met ? 'met' : '**missed**']),
  );
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const widths = columns.map((column, index) =>
    Math.max(3, column.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
