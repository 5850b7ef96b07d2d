import { describe, expect, it } from 'vitest';
import { models } from '../../src/models/table.ts';
import { runCli } from './run-cli.ts';

describe('live-otel models', () => {
  it('prints every model of the table, and what replaces those that are gone', async () => {
    const { code, stdout } = await runCli(['models']);
    expect(code).toBe(0);
    for (const { name, status } of models) expect(stdout).toMatch(new RegExp(`^${name} +${status}`, 'm'));
    expect(stdout).toContain('gemini-2.0-flash-live-001: use ');
  });

  it('prints all that is known of one, with sources', async () => {
    const { stdout } = await runCli(['models', 'models/gemini-3.8-live']);
    expect(stdout).toMatch(/^gemini-3\.8-live\n/);
    expect(stdout).toMatch(/functions by default +NON_BLOCKING/);
    expect(stdout).toMatch(/thinking level +refused/);
    expect(stdout).toContain('https://ai.google.dev/gemini-api/docs/models/gemini-3.8-live');
  });

  it('says that it does not have a name, and what that is most likely like', async () => {
    const newer = await runCli(['models', 'gemini-4.2-live']);
    expect(newer.stdout).toContain('The table does not have this name. What follows is of the family');
    const other = await runCli(['models', 'nova-sonic']);
    expect(other.stdout).toContain('it is like none that it has');
  });

  it('prints JSON', async () => {
    const { stdout } = await runCli(['models', '--format', 'json']);
    const { version, models: printed } = JSON.parse(stdout);
    expect(version).toBe(1);
    expect(printed.map(({ name }: { name: string }) => name)).toEqual(models.map(({ name }) => name));
    expect(printed[0]).toMatchObject({ status: 'retired', family: { id: '2.0-flash-live' } });
  });
});
