import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { startOtlpReceiver } from '../../test/register/otlp-receiver.ts';
import { startAgent } from '../../test/stack/support/agent.ts';

/**
 * Spans as applications send them: sessions with tool calls, one in ten of which dies. Trace messages of OTLP protobuf of
 * 100 kB and more; small ones are put together, since their concatenation is a message.
 */
export async function recordTraffic(): Promise<readonly Buffer[]> {
  const receiver = await startOtlpReceiver();
  await using healthy = await LiveServerSimulator.start({ script: scripts['tool-single'], timeScale: 50 });
  await using dying = await LiveServerSimulator.start({
    script: scripts['tool-response-1011'],
    timeScale: 50,
  });
  const agent = startAgent({
    otlp: receiver.url,
    service: 'bench',
    parts: [
      { url: healthy.url, sessions: 36, turns: 6 },
      { url: dying.url, sessions: 4 },
    ],
  });
  await agent.finished;
  await agent.end();
  const bodies = receiver.requests.filter(({ path }) => path === '/v1/traces').map(({ body }) => body);
  await receiver.close();
  const messages: Buffer[] = [];
  for (const body of bodies) {
    const last = messages.at(-1);
    if (last === undefined || last.byteLength > 100_000) messages.push(body);
    else messages[messages.length - 1] = Buffer.concat([last, body]);
  }
  return messages;
}
