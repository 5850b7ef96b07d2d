import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { afterEach, describe, expect, it } from 'vitest';
import { simulateCommand } from '../../src/cli/simulate.ts';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { application, userTurn } from '../testing/client.ts';

const running: AbortController[] = [];

afterEach(() => {
  for (const controller of running.splice(0)) controller.abort();
});

/** Runs the command and hands out its lines as they come. */
function simulate(...args: readonly string[]) {
  const controller = new AbortController();
  running.push(controller);
  const lines: string[] = [];
  const written = new EventTarget();
  const command = simulateCommand({
    signal: controller.signal,
    write: (line) => {
      lines.push(line);
      written.dispatchEvent(new Event('line'));
    },
  }).exitOverride();
  let errors = '';
  command.configureOutput({
    writeErr: (text) => {
      errors += text;
    },
  });
  const done = new Command().addCommand(command).parseAsync(['simulate', ...args], { from: 'user' });
  done.catch(() => {});
  return {
    lines,
    done,
    stop: () => controller.abort(),
    errors: () => errors,
    line: async (index: number): Promise<string> => {
      while (lines[index] === undefined) await once(written as never, 'line');
      return lines[index];
    },
  };
}

describe('live-otel simulate', () => {
  it('serves TLS, and says how its clients come to trust it', async () => {
    const command = simulate('--port', '0', '--tls', 'live.example.test');
    await command.line(6);
    const ca = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(command.lines.join())?.[1] ?? '';
    expect(command.lines[0]).toContain('https://127.0.0.1');
    expect(command.lines.slice(3, 6)).toEqual([
      'Let its clients trust its certificate:',
      `  export NODE_EXTRA_CA_CERTS=${ca}  # Node.js`,
      `  export SSL_CERT_FILE=${ca}  # Python, Go and others`,
    ]);
    expect(readFileSync(ca, 'utf8')).toContain('BEGIN CERTIFICATE');
  });

  it('says where it is, how to point an agent at it, and how each session ended', async () => {
    const command = simulate('--port', '0', '--time-scale', '100', '--script', 'tool-response-1011', 'drop');
    const first = await command.line(0);
    const url = first.replace('Simulated Live service at ', '');
    expect(first).toMatch(/^Simulated Live service at http:\/\/127\.0\.0\.1:\d+$/);
    await command.line(3);
    expect(command.lines.slice(1)).toEqual([
      'Point an agent at it:',
      `  new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: '${url}' } })  // vertexai: true for Vertex AI`,
      'Stop it with Ctrl-C.',
    ]);
    const app = application(url, {
      onmessage: ({ toolCall }, session) => {
        const call = toolCall?.functionCalls?.[0];
        if (!call) return;
        session().sendToolResponse({ functionResponses: [{ id: call.id, name: call.name, response: {} }] });
      },
    });
    (await app.connected).sendClientContent(userTurn);
    expect(await command.line(4)).toMatch(
      /^session 1 {2}tool-response-1011 {2}gemini {2}\d+(?:\.\d+)? m?s {2}3 received, \d+ sent {2}closed by server 1011 "Internal error occurred\."$/,
    );
    command.stop();
    await command.done;
  });

  it('stops on SIGINT', async () => {
    const listeners = process.listenerCount('SIGINT');
    const command = simulate('--port', '0');
    await command.line(3);
    expect(process.listenerCount('SIGINT')).toBe(listeners + 1);
    process.emit('SIGINT');
    await command.done;
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });

  it('lists the scripts', async () => {
    const command = simulate('--list');
    await command.done;
    expect(command.lines.map((line) => line.split(' ')[0])).toEqual(Object.keys(scripts));
  });

  it.each([
    [
      ['--port', '70000'],
      "error: option '--port <port>' argument '70000' is invalid. A whole number from 0 to 65535 is allowed.\n",
    ],
    [
      ['--time-scale', '0'],
      "error: option '--time-scale <factor>' argument '0' is invalid. A number greater than 0 is allowed.\n",
    ],
    [
      ['--script', 'nope'],
      `error: option '--script <name...>' argument 'nope' is invalid. There is no such script: ${Object.keys(scripts).join(', ')} are allowed.\n`,
    ],
    [['--nope'], "error: unknown option '--nope'\n"],
  ])('rejects %j in one line and with an exit code', async (args, message) => {
    const command = simulate(...args);
    await expect(command.done).rejects.toMatchObject({ exitCode: 1 });
    expect(command.errors()).toBe(message);
  });

  it('says so when the port is taken', async () => {
    const simulator = await LiveServerSimulator.start();
    const command = simulate('--port', String(simulator.port));
    await expect(command.done).rejects.toMatchObject({ exitCode: 1 });
    expect(command.errors()).toMatch(/^error: cannot listen on 127\.0\.0\.1:\d+: listen EADDRINUSE.*\n$/);
    await simulator.close();
  });
});
