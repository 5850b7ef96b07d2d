import { expect, it } from 'vitest';
import { scripts, silence, speech } from '../../../src/testing/index.ts';
import { answerTools, outlines, userTurn, weatherTools } from '../client.ts';
import { audio, issueHandle, resuming, simulate, talk, turnComplete } from './stage.ts';

it('stall sends nothing until the call is answered, whatever comes', async () => {
  const simulator = await simulate(scripts.stall);
  const app = await talk(simulator);
  const call = (await app.seen((message) => message.toolCall)).toolCall?.functionCalls?.[0];
  const session = await app.connected;
  session.sendRealtimeInput(audio(speech(200)));
  session.sendClientContent(userTurn);
  await simulator.sessions[0]?.waitFor('client_content', 2);
  await simulator.sessions[0]?.perform([{ do: 'wait', ms: 20_000 }]);
  expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall']);
  session.sendToolResponse({ functionResponses: [{ id: call?.id, name: call?.name, response: {} }] });
  await app.seen(turnComplete);
  expect(simulator.sessions[0]?.end).toBeUndefined();
});

it('stall-after-response takes the tool response and stays silent', async () => {
  const simulator = await simulate(scripts['stall-after-response']);
  const app = await talk(simulator, { config: { tools: weatherTools }, onmessage: answerTools() });
  const session = await simulator.nextSession();
  await session.waitFor('tool_response');
  await session.perform([{ do: 'wait', ms: 20_000 }]);
  expect({ end: session.end, seen: outlines(app.messages) }).toEqual({
    end: undefined,
    seen: ['setupComplete', 'modelTurn', 'toolCall'],
  });
});

it('stall-after-resume transcribes the user of a resumed session and does not answer', async () => {
  const simulator = await simulate(scripts['stall-after-resume']);
  const app = resuming(simulator, await issueHandle(simulator));
  const session = await app.connected;
  session.sendRealtimeInput(audio(Buffer.concat([speech(300), silence(600)])));
  await app.seen((message) => message.serverContent?.inputTranscription);
  await simulator.sessions[1]?.perform([{ do: 'wait', ms: 20_000 }]);
  expect(outlines(app.messages)).toEqual(['setupComplete', 'sessionResumptionUpdate', 'inputTranscription']);
});

it('stall-after-resume answers in a session without a handle', async () => {
  const app = await talk(await simulate(scripts['stall-after-resume']));
  const { serverContent } = await app.seen(turnComplete);
  expect(serverContent?.turnComplete).toBe(true);
});
